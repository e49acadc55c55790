import {
  type CommandValues,
  type Facts,
  isProblemCode,
  type Json,
  type Key,
  type Language,
  type ProblemCode,
  Rejection,
  say,
  type Words,
} from '@bihuan/engine'
import { and, asc, desc, eq, inArray, lt, notInArray, or } from 'drizzle-orm'
import type { Case, CaseList, Diagram } from '../contract/contract.ts'
import { readCursor, time, timeOrNull, wireKey, writeCursor } from '../contract/wire.ts'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import { openStates } from '../db/schema/process-instance.ts'
import { caseVisible, contains, hasPartInCase, sourcesOf } from '../identity/access.ts'
import { namesOf } from '../identity/person.ts'
import { workPositions } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { actionsFor } from '../work/case-action.ts'
import { readRows, streamOf } from '../work/case-data.ts'
import { seenBy } from '../work/field-access.ts'
import { describeStart } from './answer.ts'
import { outcomeOf } from './outcome.ts'
import { ringsOf } from './ring.ts'
import { candidateWords, openTasksOf, vacantAmong } from './task.ts'

const PAGE = 50

/** The row of a case the person may see. Throws `NOT_FOUND` for others' cases and for none alike (A02). */
export async function findCase({ store }: Services, person: Person, key: number): Promise<Row<'processInstance'>> {
  const { processInstance } = store.tables
  const [row] = await store.read
    .select()
    .from(processInstance)
    .where(and(eq(processInstance.key, key), caseVisible(store, person, key)))
    .limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  return row
}

/** What a list of cases is asked for. */
interface CasesAsked {
  readonly search: string
  readonly cursor: string | undefined
  readonly state: 'open' | 'ended' | undefined
}

/** One page of the cases a person may see, newest first. */
export async function readCases(services: Services, person: Person, asked: CasesAsked): Promise<CaseList> {
  const { store, definitions } = services
  const keys = await newestCases(services, person, asked)
  const { processInstance: t } = store.tables
  const rows = await store.read.select().from(t).where(inArray(t.key, keys)).orderBy(desc(t.key))
  const shown = rows.slice(0, PAGE)
  const rings = await ringsOf(store, definitions, shown)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({
      key: wireKey(row.key),
      number: row.number,
      title: row.title ?? row.processName,
      processName: row.processName,
      unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
      startedAt: time(row.startedAt),
      endedAt: timeOrNull(row.endedAt),
      ring: rings.get(row.key)!,
    })),
    next: last ? writeCursor({ at: last.startedAt, key: last.key }) : null,
    now: time(services.host.clock.now()),
  }
}

/**
 * Keys of a page of cases and of the one after it. Each source gives its newest, as its index has them: whoever has had a
 * part in a hundred thousand cases waits for no more than fifty. What a page is searched for may be anywhere among them:
 * nobody else's page waits behind that.
 */
async function newestCases(
  { store }: Services,
  person: Person,
  { search, cursor, state }: CasesAsked,
): Promise<readonly Key[]> {
  const { processInstance: t } = store.tables
  const from = readCursor(cursor)
  const wanted = and(
    state === 'open' ? inArray(t.state, openStates) : undefined,
    state === 'ended' ? notInArray(t.state, openStates) : undefined,
    search === '' ? undefined : or(contains(t.title, search), contains(t.number, search)),
  )
  const reader = wanted ? store.scan : store.read
  const lists = await Promise.all(
    sourcesOf(store, person).map(({ rows, where }) => {
      const keys = reader.selectDistinct({ key: rows.instanceKey }).from(rows).$dynamic()
      return (wanted ? keys.innerJoin(t, eq(t.key, rows.instanceKey)) : keys)
        .where(and(where, wanted, from ? lt(rows.instanceKey, from.key) : undefined))
        .orderBy(desc(rows.instanceKey))
        .limit(PAGE + 1)
    }),
  )
  const keys = new Set(lists.flat().map(({ key }) => key))
  return [...keys].sort((a, b) => b - a).slice(0, PAGE + 1)
}

/** A case as its page shows it. */
export async function readCase(services: Services, person: Person, key: number): Promise<Case> {
  const { store, definitions } = services
  const row = await findCase(services, person, key)
  // Who may act on the case and has no part in its tasks is not told who has which.
  const { tasks, candidates, more } = (await hasPartInCase(store, person, key))
    ? await openTasksOf(services, person, key)
    : { tasks: [], candidates: [], more: 0 }
  const words = await candidateWords(services, candidates)
  const vacant = await vacantAmong(store, tasks, candidates)
  const name = await namesOf(store, [
    row.startedBy,
    ...tasks.flatMap((task) => [task.assignee, ...task.candidateUsers]),
  ])
  const actions = row.state === 'active' ? await actionsFor(services, person, key) : []
  const holds = (taskKey: number) =>
    candidates.some(
      (one) =>
        one.taskKey === taskKey &&
        workPositions(person).some((held) => held.role === one.role && held.unit.id === one.unitId),
    )
  return {
    key: wireKey(row.key),
    number: row.number,
    title: row.title ?? row.processName,
    processId: row.processId,
    processName: row.processName,
    version: row.version,
    unit: { id: row.unitId, name: row.unitName, level: row.unitLevel },
    startedBy: { id: row.startedBy, name: name(row.startedBy) },
    startedAt: time(row.startedAt),
    endedAt: timeOrNull(row.endedAt),
    dueAt: timeOrNull(row.dueAt),
    outcome: await outcomeOf(services, row),
    ring: (await ringsOf(store, definitions, [row])).get(row.key)!,
    tasks: tasks.map((task) => ({
      key: wireKey(task.key),
      elementId: task.elementId,
      name: task.name,
      assignee: task.assignee === null ? null : { id: task.assignee, name: name(task.assignee) },
      candidates: [...(words.get(task.key) ?? []), ...task.candidateUsers.map(name)],
      createdAt: time(task.createdAt),
      dueAt: timeOrNull(task.dueAt),
      mine:
        task.assignee === person.id ||
        (task.assignee === null && (task.candidateUsers.includes(person.id) || holds(task.key))),
      vacant: vacant.has(task.key),
    })),
    more,
    waits: await waitsOf(services, row),
    incidents: await incidentsOf(services, key),
    actions: actions.map(({ subscription, action }) => ({
      key: wireKey(subscription.key),
      label: action.label,
      hasForm: action.formKey !== null,
    })),
    notices: await noticesOf(services, key),
    summary: await summaryOf(services, person, row),
    now: time(services.host.clock.now()),
  }
}

/** Timers a case waits for by itself; those beside an open task are that task's own deadline. */
async function waitsOf({ store, host }: Services, row: Row<'processInstance'>): Promise<Case['waits']> {
  const { timer, elementInstance } = store.tables
  const rows = await store.read
    .select({ timer, type: elementInstance.elementType, definitionKey: elementInstance.definitionKey })
    .from(timer)
    .leftJoin(elementInstance, eq(elementInstance.key, timer.elementInstanceKey))
    .where(eq(timer.instanceKey, row.key))
    .orderBy(asc(timer.dueAt), asc(timer.key))
    .limit(50)
  const waits: Case['waits'] = []
  for (const { timer: one, type, definitionKey } of rows) {
    if (type === 'bpmn:UserTask') continue
    const process = await host.definition(definitionKey ?? row.definitionKey)
    waits.push({
      elementId: one.elementId,
      name: process.nodes[one.elementId]?.name ?? one.elementId,
      since: time(one.createdAt),
      dueAt: time(one.dueAt),
    })
  }
  return waits
}

async function incidentsOf({ store }: Services, key: number): Promise<Case['incidents']> {
  const { incident } = store.tables
  const rows = await store.read
    .select()
    .from(incident)
    .where(and(eq(incident.instanceKey, key), eq(incident.state, 'active')))
    .orderBy(asc(incident.createdAt))
    .limit(50)
  return rows.map((row) => {
    const messages = incidentWords(row)
    const { text, todo } = messages['zh-CN']
    return { elementId: row.elementId, name: row.elementName, text, todo, messages, at: time(row.createdAt) }
  })
}

/** An incident in the words of the catalogue, in each language. */
export function incidentWords(row: Pick<Row<'incident'>, 'code' | 'facts' | 'elementId' | 'elementName'>): {
  readonly [language in Language]: Words
} {
  if (!isProblemCode(row.code)) {
    const plain = { text: row.code, todo: '' }
    return { 'zh-CN': plain, en: plain }
  }
  const facts = Object.fromEntries(Object.entries(row.facts).map(([name, value]) => [name, factOf(value)]))
  const code: ProblemCode = row.code
  const all = { elementId: row.elementId, elementName: row.elementName ?? row.elementId, ...facts }
  return { 'zh-CN': say(code, all, 'zh-CN'), en: say(code, all, 'en') }
}

/** A fact as sentences take it: lists are told item by item, and what is null is left out. */
const factOf = (value: Json): Facts[string] =>
  Array.isArray(value)
    ? value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : (value as Facts[string])

async function noticesOf({ store }: Services, key: number): Promise<Case['notices']> {
  const { notice } = store.tables
  const rows = await store.read
    .select()
    .from(notice)
    .where(eq(notice.instanceKey, key))
    .orderBy(asc(notice.publishedAt))
    .limit(50)
  return rows.map((row) => ({
    key: wireKey(row.key),
    kind: row.kind,
    title: row.title,
    publishedAt: time(row.publishedAt),
    until: timeOrNull(row.until),
  }))
}

/** The start form with the answers it was handed in with, in its order, as far as the reader may see them. */
async function summaryOf(services: Services, person: Person, row: Row<'processInstance'>): Promise<Case['summary']> {
  const [first] = await readRows(services.store, streamOf(row.key), 0, 1)
  const created = first?.records[0]?.value as Partial<CommandValues['processInstance.create']> | undefined
  return describeStart(services, row.definitionKey, created ?? {}, await seenBy(services, person, row))
}

/** The drawing with the way the case has gone. */
export async function readDiagram(services: Services, person: Person, key: number): Promise<Diagram> {
  const { store, definitions } = services
  const row = await findCase(services, person, key)
  const xml = await definitions.xml(row.definitionKey)
  if (xml === null) throw new Rejection('NOT_FOUND')
  const { flowTaken, elementInstance, incident } = store.tables
  const flows = await store.read
    .select({ flowId: flowTaken.flowId })
    .from(flowTaken)
    .where(eq(flowTaken.instanceKey, key))
  const instances = await store.read
    .select({
      key: elementInstance.key,
      elementId: elementInstance.elementId,
      scopeKey: elementInstance.scopeKey,
      definitionKey: elementInstance.definitionKey,
      state: elementInstance.state,
    })
    .from(elementInstance)
    .where(ofCase(elementInstance.key, key))
    .orderBy(asc(elementInstance.key))
  const stopped = await store.read
    .select({ elementId: incident.elementId, elementInstanceKey: incident.elementInstanceKey })
    .from(incident)
    .where(and(eq(incident.instanceKey, key), eq(incident.state, 'active')))
  const elements: Diagram['elements'] = {}
  const byKey = new Map(instances.map((one) => [one.key, one]))
  for (const one of instances) {
    // What stands in a called process is in another drawing.
    if (one.definitionKey !== null) continue
    if (one.state === 'active') elements[one.elementId] = 'active'
    else if (one.state === 'completed' && elements[one.elementId] !== 'active') elements[one.elementId] = 'done'
  }
  for (const one of stopped) {
    let at = byKey.get(one.elementInstanceKey)
    // The call activity of this drawing in which it is.
    while (at && at.definitionKey !== null) at = byKey.get(at.scopeKey)
    elements[at?.elementId ?? one.elementId] = 'incident'
  }
  return { xml, taken: flows.map((flow) => flow.flowId), elements }
}
