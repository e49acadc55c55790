import type { Key, ProcessDefinition } from '@bihuan/engine'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { ofCase } from '../db/of-case.ts'
import type { Services } from '../services.ts'
import { type ReadRow, streamOf } from '../work/case-data.ts'
import { definitionsAt } from './definition-at.ts'

/** Where a record of a case belongs. */
export interface Place {
  /** The process it speaks of: the case's own, or a called one. */
  readonly process: ProcessDefinition
  /** In a called process: the call activity of the case's own drawing below which it stands; null in its own. */
  readonly callId: string | null
}

/** Finds the place of a fact of the case, which stands in the row of its trail with that sequence. */
export type PlaceOf = (factKey: Key, value: unknown, sequence: number) => Place

/** The keys a fact may name its element instance by. */
interface Naming {
  readonly elementInstanceKey?: Key
  readonly scopeKey?: Key
  readonly throwKey?: Key
}

/**
 * Looks up what in a case stands in called processes: elements, their tasks, jobs and incidents, and what the given rows
 * of its trail say has begun to wait at them.
 */
export async function placesOf(
  { store, host }: Pick<Services, 'store' | 'host'>,
  instance: { readonly key: Key; readonly definitionKey: Key },
  rows: readonly ReadRow[],
): Promise<PlaceOf> {
  const definitionAt = await definitionsAt({ store, host }, streamOf(instance.key), instance.definitionKey)
  const own = (sequence: number): Place => ({ process: definitionAt(sequence), callId: null })
  const { elementInstance: e, userTask, job, incident } = store.tables
  const called = await store.read
    .select({ key: e.key, definitionKey: e.definitionKey, scopeKey: e.scopeKey })
    .from(e)
    .where(and(ofCase(e.key, instance.key), isNotNull(e.definitionKey)))
  if (called.length === 0) return (_factKey, _value, sequence) => own(sequence)
  const processes = new Map<Key, ProcessDefinition>()
  for (const key of new Set(called.map(({ definitionKey }) => definitionKey!)))
    processes.set(key, await host.definition(key))
  const scopes = new Map(called.map(({ key, scopeKey }) => [key, scopeKey]))
  /** What lies in no called process: the call activity of the case itself. */
  const outermost = (key: Key): Key => {
    const scopeKey = scopes.get(key)
    return scopeKey === undefined ? key : outermost(scopeKey)
  }
  const calls = await store.read
    .select({ key: e.key, elementId: e.elementId })
    .from(e)
    .where(and(ofCase(e.key, instance.key), isNull(e.definitionKey), eq(e.elementType, 'bpmn:CallActivity')))
  const callIds = new Map(calls.map(({ key, elementId }) => [key, elementId]))
  const places = new Map(
    called.map(({ key, definitionKey }) => [
      key,
      { process: processes.get(definitionKey!)!, callId: callIds.get(outermost(key)) ?? null },
    ]),
  )
  const put = (key: Key, owner: Key | undefined) => {
    const place = places.get(owner ?? 0)
    if (place) places.set(key, place)
  }
  for (const table of [userTask, job, incident]) {
    const kept: { key: Key; owner: Key }[] = await store.read
      .select({ key: table.key, owner: table.elementInstanceKey })
      .from(table)
      .where(ofCase(table.key, instance.key))
    for (const { key, owner } of kept) put(key, owner)
  }
  // Timers and subscriptions are not kept when they are done, and what ends them does not name their element instance.
  for (const { records } of rows)
    for (const record of records)
      if (record?.kind.endsWith('.created') && record.key !== null)
        put(record.key, (record.value as Naming).elementInstanceKey)
  return (factKey, value, sequence) => {
    const { elementInstanceKey, scopeKey, throwKey } = value as Naming
    const found = [factKey, elementInstanceKey, scopeKey, throwKey].find((key) => key !== undefined && places.has(key))
    return places.get(found ?? 0) ?? own(sequence)
  }
}
