import type { Actor, CommandKind, FactKind, FactValues, Key, UnitRef } from '@bihuan/engine'
import type { RowChange } from '../db/row-change.ts'
import type { Called } from './called.ts'

/** Below this number a stream is the system's: definitions, organisation, parameters, messages, security. */
export const FIRST_INSTANCE_STREAM = 1024

/** The case a fact belongs to, as its first fact said. */
export interface CaseContext {
  readonly instanceKey: Key
  readonly definitionKey: Key
  readonly processId: string
  /** The unit of the case first, then its ancestors up to the root. */
  readonly units: readonly UnitRef[]
  /** The start event that began it; null for the none start event. */
  readonly startEventId: string | null
  readonly called: Called
}

/** What surrounds a fact in its trail row. */
export interface FactContext {
  readonly stream: number
  readonly sequence: number
  readonly at: number
  readonly actor: Actor
  /** The command that led to it. */
  readonly command: CommandKind
  readonly case: CaseContext
}

export type Project<K extends FactKind> = (key: Key, value: FactValues[K], context: FactContext) => readonly RowChange[]

/** How the facts of a case change the rows of one table. Pure: the same facts give the same rows. */
export type Projection = { readonly [K in FactKind]?: Project<K> }

/** Ids from the root to the unit of the case: `/district/town/village/`. */
export function unitPath(units: readonly UnitRef[]): string {
  return `/${units
    .map((unit) => unit.id)
    .reverse()
    .join('/')}/`
}
