import { and, eq, inArray, isNotNull, min } from 'drizzle-orm'
import type { Ring } from '../contract/contract.ts'
import { timeOrNull } from '../contract/wire.ts'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import { openStates } from '../db/schema/process-instance.ts'
import type { Store } from '../db/store.ts'
import type { Definitions } from './definition.ts'

/** The columns of a case its ring is made of. */
export type RingCase = Pick<
  Row<'processInstance'>,
  'key' | 'definitionKey' | 'state' | 'startedAt' | 'dueAt' | 'stageElementId' | 'stageSince'
>

/** The rings of a page of cases, by key: three queries, however many cases. */
export async function ringsOf(
  store: Store,
  definitions: Definitions,
  cases: readonly RingCase[],
): Promise<ReadonlyMap<number, Ring>> {
  const keys = [...new Set(cases.map((one) => one.key))]
  if (keys.length === 0) return new Map()
  const { incident, processInstance, userTask } = store.tables
  const rows = await definitions.rows(cases.map((one) => one.definitionKey))
  const incidents = await store.read
    .select({ key: incident.instanceKey })
    .from(incident)
    .where(and(inArray(incident.instanceKey, keys), eq(incident.state, 'active')))
  const dues = await store.read
    .select({ key: processInstance.key, dueAt: min(userTask.dueAt) })
    .from(processInstance)
    .innerJoin(userTask, ofCase(userTask.key, processInstance.key))
    .where(and(inArray(processInstance.key, keys), eq(userTask.state, 'created'), isNotNull(userTask.dueAt)))
    .groupBy(processInstance.key)
  const stopped = new Set(incidents.map((row) => row.key))
  const due = new Map(dues.map((row) => [row.key, row.dueAt]))
  return new Map(
    cases.map((one) => [
      one.key,
      makeRing(one, rows.get(one.definitionKey)?.stages ?? [], stopped.has(one.key), due.get(one.key) ?? null),
    ]),
  )
}

/**
 * One ring. A stage is named once however many elements open it; what lies before the present one is done, so a case
 * that went back shows the later stages ahead again.
 */
export function makeRing(
  one: RingCase,
  stages: readonly { readonly elementId: string; readonly name: string }[],
  hasIncident: boolean,
  taskDueAt: number | null,
): Ring {
  const names = [...new Set(stages.map((stage) => stage.name))]
  const open = stages.find((stage) => stage.elementId === one.stageElementId)
  const current = open ? names.indexOf(open.name) : -1
  const isRunning = openStates.includes(one.state)
  return {
    stages: names.map((name, place) => ({
      elementId: stages.find((stage) => stage.name === name)!.elementId,
      name,
      state:
        place < current || (place === current && one.state === 'completed')
          ? 'done'
          : place === current && isRunning
            ? 'current'
            : 'ahead',
    })),
    state: one.state === 'active' ? (hasIncident ? 'incident' : 'running') : one.state,
    since: timeOrNull(isRunning ? (one.stageSince ?? one.startedAt) : null),
    dueAt: timeOrNull(isRunning ? (taskDueAt ?? one.dueAt) : null),
  }
}
