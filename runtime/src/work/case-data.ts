import { contextOf, type FactValues, type FeelContext, type Json, type Variables } from '@bihuan/engine'
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { readRecords, type TrailRecord } from '../audit/chain.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'

/** A trail row with its records; a record is null where it has been erased. */
export interface ReadRow {
  readonly row: Row<'trail'>
  readonly records: readonly (TrailRecord | null)[]
}

export const streamOf = (key: number): number => Math.floor(key / 2 ** 20)

/** Rows of a stream in order, at most `limit`, after a sequence. */
export async function readRows(
  store: Store,
  stream: number,
  after: number,
  limit: number,
): Promise<readonly ReadRow[]> {
  const { trail, payload } = store.tables
  const rows = await store.read
    .select({ row: trail, records: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(eq(trail.stream, stream), gt(trail.sequence, after)))
    .orderBy(asc(trail.sequence))
    .limit(limit)
  return rows.map(({ row, records }) => ({ row, records: readRecords(row.heads, records) }))
}

/** Parameters frozen in a case when it started. */
export async function parametersOf(store: Store, instanceKey: number): Promise<Variables> {
  const [first] = await readRows(store, streamOf(instanceKey), 0, 1)
  const created = first?.records.find((record) => record?.kind === 'processInstance.created')
  return (created?.value as { parameters?: Variables } | undefined)?.parameters ?? {}
}

/** Rows in which the end of a task is looked for; in a longer case its form shows what the fields hold now. */
const MAX_LOOKED_THROUGH = 500

/**
 * What the scopes of a case held when a task was completed, with the answers it was completed with in the scope of the
 * task: a step that is done again later writes the same fields anew. Null where the trail does not say.
 */
export async function heldAtEnd(
  store: Store,
  task: Pick<Row<'userTask'>, 'key' | 'elementInstanceKey' | 'instanceKey'>,
): Promise<readonly Held[] | null> {
  const held: Held[] = []
  const hold = (scopeKey: number, variables: Variables) =>
    held.push(...Object.entries(variables).map(([name, value]) => ({ scopeKey, name, value })))
  for (const { records } of await readRows(store, streamOf(task.instanceKey), 0, MAX_LOOKED_THROUGH)) {
    for (const record of records) {
      if (record?.kind === 'variables.set') {
        const { scopeKey, variables } = record.value as FactValues['variables.set']
        hold(scopeKey, variables)
      }
      if (record?.kind !== 'userTask.completed' || record.key !== task.key) continue
      hold(task.elementInstanceKey, (record.value as FactValues['userTask.completed']).variables)
      return held
    }
  }
  return null
}

/** Scopes from the given one outwards to the case, or to the called process it stands in: it sees no further. */
export async function scopesOf(store: Store, instanceKey: number, scopeKey: number): Promise<readonly number[]> {
  const { elementInstance } = store.tables
  const line: number[] = []
  let at: number | undefined = scopeKey
  while (at !== undefined && at !== instanceKey) {
    line.push(at)
    const rows: { scopeKey: number; type: string }[] = await store.read
      .select({ scopeKey: elementInstance.scopeKey, type: elementInstance.elementType })
      .from(elementInstance)
      .where(eq(elementInstance.key, at))
      .limit(1)
    if (rows[0]?.type === 'bpmn:Process') return line
    at = rows[0]?.scopeKey
  }
  return [...line, instanceKey]
}

/** A variable as it stands, or stood, in a scope. */
type Held = Pick<Row<'variable'>, 'scopeKey' | 'name' | 'value'>

/**
 * What FEEL and forms may read in a scope of a case: its variables outwards, `parameters` and `case`. `scopeKey` is the
 * element instance of the task, or the case itself; `before` what the scopes held at another time than now.
 */
export async function dataOf(
  store: Store,
  instance: Pick<Row<'processInstance'>, 'key' | 'number' | 'unitId' | 'unitName' | 'unitLevel'>,
  scopeKey: number,
  before: readonly Held[] | null = null,
): Promise<{ readonly context: FeelContext; readonly variables: Variables }> {
  const { variable, elementInstance } = store.tables
  const scopes = await scopesOf(store, instance.key, scopeKey)
  const now = () =>
    store.read
      .select({ scopeKey: variable.scopeKey, name: variable.name, value: variable.value })
      .from(variable)
      .where(inArray(variable.scopeKey, [...scopes]))
  const rows = before ?? (await now())
  const variables: Variables = {}
  for (const scope of [...scopes].reverse()) {
    for (const row of rows) {
      if (row.scopeKey === scope)
        Object.defineProperty(variables, row.name, {
          value: row.value,
          enumerable: true,
          configurable: true,
          writable: true,
        })
    }
  }
  const [element] = await store.read
    .select({ loopCounter: elementInstance.loopCounter })
    .from(elementInstance)
    .where(eq(elementInstance.key, scopeKey))
    .limit(1)
  const own = contextOf(variables)
  const around: { [name: string]: Json } = {
    parameters: await parametersOf(store, instance.key),
    case: {
      key: String(instance.key),
      number: instance.number,
      unit: { id: instance.unitId, name: instance.unitName, level: instance.unitLevel },
    },
    ...(element?.loopCounter != null && { loopCounter: element.loopCounter }),
  }
  const system = contextOf(around)
  return { context: { get: (name) => own.get(name) ?? system.get(name) }, variables }
}
