import { type Key, Rejection } from '@bihuan/engine'
import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { OpenStep, OperatedCase, OperatedDiagram } from '../contract/contract.ts'
import { time, timeOrNull, wireKey } from '../contract/wire.ts'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { casesLookedAfter } from '../identity/reach.ts'
import type { Who } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { namedElements } from './operate.ts'
import { readStuckIncidents } from './stuck.ts'

/** Steps and drawn elements of a case that are read at most: a ballot has thousands of them. */
const ELEMENTS = 20_000

/** The row of a case within reach. Throws `NOT_FOUND`, for one of another unit too. */
export async function findOperatedCase(store: Store, who: Who, key: Key): Promise<Row<'processInstance'>> {
  const { processInstance } = store.tables
  const [row] = await store.read
    .select()
    .from(processInstance)
    .where(and(eq(processInstance.key, key), await casesLookedAfter(store, who)))
    .limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row
}

/** Throws `NOT_FOUND` when a key is not that of a process that is part of the case: its own, or a called one. */
export async function checkProcess({ read, tables }: Store, instanceKey: Key, key: Key): Promise<void> {
  if (key === instanceKey) return
  const { elementInstance: t } = tables
  const [found] = await read
    .select({ key: t.key })
    .from(t)
    .where(and(eq(t.instanceKey, instanceKey), eq(t.key, key), eq(t.elementType, 'bpmn:Process')))
    .limit(1)
  if (!found) throw new Rejection('NOT_FOUND')
}

type Element = Pick<
  Row<'elementInstance'>,
  'key' | 'definitionKey' | 'elementId' | 'elementType' | 'name' | 'scopeKey' | 'loopCounter' | 'state' | 'startedAt'
>

/** Element instances of a case in the order they began. */
function elementsOf(
  { read, tables: { elementInstance: t } }: Store,
  key: Key,
  onlyActive: boolean,
): Promise<Element[]> {
  return read
    .select({
      key: t.key,
      definitionKey: t.definitionKey,
      elementId: t.elementId,
      elementType: t.elementType,
      name: t.name,
      scopeKey: t.scopeKey,
      loopCounter: t.loopCounter,
      state: t.state,
      startedAt: t.startedAt,
    })
    .from(t)
    .where(and(ofCase(t.key, key), onlyActive ? eq(t.state, 'active') : undefined))
    .orderBy(asc(t.key))
    .limit(ELEMENTS)
}

const isProcess = ({ elementType }: Element): boolean => elementType === 'bpmn:Process'

/** A case as those see it who repair it: where it stands and what waits there, nothing that was filled in. */
export async function readOperatedCase(services: Services, who: Who, key: Key): Promise<OperatedCase> {
  const { store, definitions, host } = services
  const row = await findOperatedCase(store, who, key)
  const active = await elementsOf(store, key, true)
  // The case itself has no row among its elements.
  const called = active.filter(isProcess)
  const drawn = await definitions.rows(called.map(({ definitionKey }) => definitionKey ?? row.definitionKey))
  const { items: incidents } = await readStuckIncidents(services, who, { group: {}, caseKey: key, cursor: undefined })
  const process = { id: row.processId, name: row.processName, version: row.version }
  return {
    key: wireKey(row.key),
    number: row.number,
    state: row.state,
    process,
    definitionKey: wireKey(row.definitionKey),
    unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
    startedAt: time(row.startedAt),
    endedAt: timeOrNull(row.endedAt),
    processes: [
      { key: wireKey(row.key), definitionKey: wireKey(row.definitionKey), ...process },
      ...called.flatMap(({ key, definitionKey }) => {
        const found = drawn.get(definitionKey ?? row.definitionKey)
        if (!found) return []
        const { processId: id, name, version } = found
        return [{ key: wireKey(key), definitionKey: wireKey(found.key), id, name, version }]
      }),
    ],
    steps: await stepsOf(store, key, active),
    incidents,
    now: time(host.clock.now()),
  }
}

type Waiting = 'tasks' | 'timers' | 'jobs' | 'incidents'

/** The steps that stand, and what waits in each with all that is in it. Instances of a multi-instance are in its body. */
async function stepsOf(store: Store, instanceKey: Key, active: readonly Element[]): Promise<OpenStep[]> {
  const byKey = new Map(active.map((one) => [one.key, one]))
  const waiting = new Map<Key, { [kind in Waiting]: number }>()
  const add = (kind: Waiting, at: Key, n: number) => {
    for (let element = byKey.get(at); element; element = byKey.get(element.scopeKey)) {
      const counts = waiting.get(element.key) ?? { tasks: 0, timers: 0, jobs: 0, incidents: 0 }
      counts[kind] += n
      waiting.set(element.key, counts)
    }
  }
  for (const { kind, at, n } of await waitingAt(store, instanceKey)) add(kind, at, Number(n))
  const processOf = (element: Element): Key => {
    let around: Element | undefined = element
    while (around && !isProcess(around)) around = byKey.get(around.scopeKey)
    return around?.key ?? instanceKey
  }
  return active
    .filter((one) => !isProcess(one) && one.loopCounter === null)
    .map((one) => ({
      key: wireKey(one.key),
      processKey: wireKey(processOf(one)),
      scopeKey: wireKey(one.scopeKey),
      elementId: one.elementId,
      name: one.name,
      type: one.elementType,
      since: time(one.startedAt),
      ...(waiting.get(one.key) ?? { tasks: 0, timers: 0, jobs: 0, incidents: 0 }),
    }))
}

async function waitingAt({ read, tables }: Store, instanceKey: Key) {
  const { userTask, timer, job, incident } = tables
  const tasks = await read
    .select({ at: userTask.elementInstanceKey, n: count() })
    .from(userTask)
    .where(and(ofCase(userTask.key, instanceKey), eq(userTask.state, 'created')))
    .groupBy(userTask.elementInstanceKey)
  const timers = await read
    .select({ at: timer.elementInstanceKey, n: count() })
    .from(timer)
    .where(eq(timer.instanceKey, instanceKey))
    .groupBy(timer.elementInstanceKey)
  const jobs = await read
    .select({ at: job.elementInstanceKey, n: count() })
    .from(job)
    .where(and(eq(job.instanceKey, instanceKey), inArray(job.state, ['created', 'failed'])))
    .groupBy(job.elementInstanceKey)
  const incidents = await read
    .select({ at: incident.elementInstanceKey, n: count() })
    .from(incident)
    .where(and(eq(incident.instanceKey, instanceKey), eq(incident.state, 'active')))
    .groupBy(incident.elementInstanceKey)
  return [
    ...tasks.map((one) => ({ ...one, kind: 'tasks' as const })),
    ...timers.map((one) => ({ ...one, kind: 'timers' as const })),
    ...jobs.map((one) => ({ ...one, kind: 'jobs' as const })),
    ...incidents.map((one) => ({ ...one, kind: 'incidents' as const })),
  ]
}

/**
 * The drawing of one process of a case with the way it has gone.
 *
 * @param processKey a called process of the case; null for its own. Throws `NOT_FOUND` for any other
 */
export async function readOperatedDiagram(
  { store, definitions, host }: Services,
  who: Who,
  key: Key,
  processKey: Key | null,
): Promise<OperatedDiagram> {
  const row = await findOperatedCase(store, who, key)
  const all = await elementsOf(store, key, false)
  const called = processKey === null || processKey === key ? null : all.find((one) => one.key === processKey)
  if (called === undefined || (called && !isProcess(called))) throw new Rejection('NOT_FOUND')
  const definitionKey = called?.definitionKey ?? row.definitionKey
  const xml = await definitions.xml(definitionKey)
  if (xml === null) throw new Rejection('NOT_FOUND')
  const { flowTaken, incident } = store.tables
  const flows = await store.read.select({ id: flowTaken.flowId }).from(flowTaken).where(eq(flowTaken.instanceKey, key))
  const stopped = await store.read
    .select({ at: incident.elementInstanceKey })
    .from(incident)
    .where(and(eq(incident.instanceKey, key), eq(incident.state, 'active')))
  const byKey = new Map(all.map((one) => [one.key, one]))
  const root = called?.key ?? key
  /** What an element instance shows as in this drawing: itself, or the call activity in which it stands. */
  const shownAt = (at: Key): Element | null => {
    let shown: Element | null = null
    for (let one = byKey.get(at); one; one = byKey.get(one.scopeKey)) {
      if (isProcess(one)) shown = null
      else shown ??= one
      if (one.scopeKey === root) return shown
    }
    return null
  }
  const elements: OperatedDiagram['elements'] = {}
  for (const one of all) {
    if (shownAt(one.key) !== one) continue
    if (one.state === 'active') elements[one.elementId] = 'active'
    else if (one.state === 'completed' && elements[one.elementId] !== 'active') elements[one.elementId] = 'done'
  }
  for (const { at } of stopped) {
    const shown = shownAt(at)
    if (shown) elements[shown.elementId] = 'incident'
  }
  return {
    xml,
    taken: flows.map(({ id }) => id),
    elements,
    targets: namedElements(await host.definition(definitionKey)),
  }
}
