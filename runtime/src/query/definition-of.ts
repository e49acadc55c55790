import { type Column, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'

/** The definition something in a case belongs to. */
export interface DefinitionColumns {
  readonly definitionKey: SQL<number>
  readonly processId: SQL<string>
  readonly processName: SQL<string>
  readonly version: SQL<number>
}

/**
 * What stands in a called process belongs to that one, all else to the process of the case.
 *
 * @param calledKey key of the called definition, null outside of one; `processDefinition` is joined to it
 */
export function definitionOf({ tables }: Store, calledKey: Column): DefinitionColumns {
  const { processInstance: own, processDefinition: called } = tables
  return {
    definitionKey: sql<number>`coalesce(${calledKey}, ${own.definitionKey})`.mapWith(Number),
    processId: sql<string>`coalesce(${called.processId}, ${own.processId})`,
    processName: sql<string>`coalesce(${called.name}, ${own.processName})`,
    version: sql<number>`coalesce(${called.version}, ${own.version})`.mapWith(Number),
  }
}

/** A row with what `definitionOf` says of it. */
export interface Belonging {
  readonly definitionKey: number
  readonly processId: string
}
