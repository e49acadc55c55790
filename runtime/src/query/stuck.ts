import { isProblemCode, type Key, Rejection, wordOf } from '@bihuan/engine'
import { and, asc, count, desc, eq, gt, inArray, lte, max, min, or, type SQL, sql } from 'drizzle-orm'
import type { StuckGroup, StuckGroups, StuckIncident, StuckIncidents } from '../contract/contract.ts'
import { readCursor, time, wireKey, writeCursor } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { contains } from '../identity/access.ts'
import { casesLookedAfter } from '../identity/reach.ts'
import type { Who } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { incidentWords } from './case.ts'
import { definitionOf } from './definition-of.ts'

const PAGE = 100

/** What names a group: a step of a process, and why cases are stuck there. */
interface GroupName {
  readonly processId: string
  readonly elementId: string
  readonly code: string
}

interface Found {
  readonly incident: Row<'incident'>
  readonly instance: Row<'processInstance'>
  readonly jobType: string | null
  readonly processId: string
  readonly processName: string
  readonly version: number
}

/** A short name of a code in each language. */
const titlesOf = (code: string): { [language: string]: string } => ({
  'zh-CN': isProblemCode(code) ? wordOf('problem', code, 'zh-CN') : code,
  en: isProblemCode(code) ? wordOf('problem', code, 'en') : code,
})

const unitOf = (row: Row<'processInstance'>) => ({ id: row.unitId, name: row.unitName, level: row.unitLevel })

function show({ incident, instance, jobType, ...process }: Found): StuckIncident {
  return {
    key: wireKey(incident.key),
    caseKey: wireKey(instance.key),
    caseNumber: instance.number,
    caseState: instance.state,
    unit: unitOf(instance),
    process: { id: process.processId, name: process.processName, version: process.version },
    elementId: incident.elementId,
    elementName: incident.elementName,
    elementInstanceKey: wireKey(incident.elementInstanceKey),
    code: incident.code,
    titles: titlesOf(incident.code),
    messages: incidentWords(incident),
    at: time(incident.createdAt),
    job: incident.jobKey === null || jobType === null ? null : { key: wireKey(incident.jobKey), type: jobType },
  }
}

/** Open incidents with their cases, and the process each stands in. */
function openIncidents(store: Store) {
  const { incident, processInstance, elementInstance, processDefinition, job } = store.tables
  const { processId, processName, version } = definitionOf(store, elementInstance.definitionKey)
  return {
    processId,
    rows: (condition: SQL | undefined) =>
      store.read
        .select({ incident, instance: processInstance, jobType: job.type, processId, processName, version })
        .from(incident)
        .innerJoin(processInstance, eq(processInstance.key, incident.instanceKey))
        .leftJoin(elementInstance, eq(elementInstance.key, incident.elementInstanceKey))
        .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey))
        .leftJoin(job, eq(job.key, incident.jobKey))
        .where(and(eq(incident.state, 'active'), condition)),
  }
}

/** Where cases are stuck within reach, the newest first: by step and reason. */
export async function readStuckGroups(
  { store, host }: Services,
  who: Who,
  request: { readonly search: string; readonly cursor: string | undefined },
): Promise<StuckGroups> {
  const { incident: t, processInstance, elementInstance, processDefinition } = store.tables
  const { processId, processName } = definitionOf(store, elementInstance.definitionKey)
  const [latest, newest] = [max(t.createdAt), max(t.key)]
  const from = readCursor(request.cursor)
  const words = request.search
  const isMeant = or(
    contains(processName, words),
    contains(t.elementName, words),
    contains(processInstance.unitName, words),
    contains(processInstance.number, words),
  )
  const groups = await store.scan
    .select({
      processId,
      processName: sql<string>`max(${processName})`,
      elementId: t.elementId,
      code: t.code,
      count: count(),
      since: min(t.createdAt),
      latest,
      newest,
    })
    .from(t)
    .innerJoin(processInstance, eq(processInstance.key, t.instanceKey))
    .leftJoin(elementInstance, eq(elementInstance.key, t.elementInstanceKey))
    .leftJoin(processDefinition, eq(processDefinition.key, elementInstance.definitionKey))
    .where(and(eq(t.state, 'active'), await casesLookedAfter(store, who)))
    .groupBy(processId, t.elementId, t.code)
    .having(
      and(
        from ? sql`(${latest} < ${from.at} or (${latest} = ${from.at} and ${newest} < ${from.key}))` : undefined,
        // A search finds groups and takes nothing out of them: who tries all of one again is told of all.
        words === '' ? undefined : sql`max(case when ${isMeant} then 1 else 0 end) = 1`,
      ),
    )
    .orderBy(desc(latest), desc(newest))
    .limit(PAGE + 1)
  const shown = groups.slice(0, PAGE)
  const newestOf = new Map(
    (shown.length === 0
      ? []
      : await openIncidents(store).rows(
          inArray(
            t.key,
            shown.map((group) => Number(group.newest)),
          ),
        )
    ).map((found) => [found.incident.key, found]),
  )
  const items = shown.flatMap((group): StuckGroup[] => {
    const found = newestOf.get(Number(group.newest))
    if (!found) return []
    const { incident, instance } = found
    return [
      {
        processId: group.processId,
        elementId: group.elementId,
        code: group.code,
        processName: group.processName,
        elementName: incident.elementName,
        titles: titlesOf(group.code),
        messages: incidentWords(incident),
        count: Number(group.count),
        since: time(Number(group.since)),
        latest: time(Number(group.latest)),
        only: Number(group.count) === 1 ? { unit: unitOf(instance), caseNumber: instance.number } : null,
      },
    ]
  })
  const last = groups.length > PAGE ? shown.at(-1) : undefined
  return {
    items,
    next: last ? writeCursor({ at: Number(last.latest), key: Number(last.newest) }) : null,
    now: time(host.clock.now()),
  }
}

/** Open incidents within reach, the oldest first: of a group, of a case, or all. */
export async function readStuckIncidents(
  { store, host }: Services,
  who: Who,
  request: {
    readonly group: { readonly [name in keyof GroupName]?: string | undefined }
    readonly caseKey: Key | null
    readonly cursor: string | undefined
  },
): Promise<StuckIncidents> {
  const { incident: t } = store.tables
  const open = openIncidents(store)
  const from = readCursor(request.cursor)
  const { processId, elementId, code } = request.group
  const rows = await open
    .rows(
      and(
        await casesLookedAfter(store, who),
        processId === undefined ? undefined : eq(open.processId, processId),
        elementId === undefined ? undefined : eq(t.elementId, elementId),
        code === undefined ? undefined : eq(t.code, code),
        request.caseKey === null ? undefined : eq(t.instanceKey, request.caseKey),
        from ? or(gt(t.createdAt, from.at), and(eq(t.createdAt, from.at), gt(t.key, from.key))) : undefined,
      ),
    )
    .orderBy(asc(t.createdAt), asc(t.key))
    .limit(PAGE + 1)
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return {
    items: rows.slice(0, PAGE).map(show),
    next: last ? writeCursor({ at: last.incident.createdAt, key: last.incident.key }) : null,
    now: time(host.clock.now()),
  }
}

/** One open incident within reach. Throws `NOT_FOUND`, for one of another unit's case too. */
export async function findStuckIncident(store: Store, who: Who, key: Key): Promise<StuckIncident> {
  const { incident } = store.tables
  const [found] = await openIncidents(store)
    .rows(and(await casesLookedAfter(store, who), eq(incident.key, key)))
    .limit(1)
  if (!found) throw new Rejection('NOT_FOUND')
  return show(found)
}

/** Throws `NOT_FOUND` for an incident that is not within reach; one that is resolved is, for who asks again. */
export async function checkIncident(store: Store, who: Who, key: Key): Promise<void> {
  const { incident, processInstance } = store.tables
  const [found] = await store.read
    .select({ key: incident.key })
    .from(incident)
    .innerJoin(processInstance, eq(processInstance.key, incident.instanceKey))
    .where(and(eq(incident.key, key), await casesLookedAfter(store, who)))
    .limit(1)
  if (!found) throw new Rejection('NOT_FOUND')
}

/**
 * A page of a group in the order of their keys: those that were there when the first page was asked for. Those later than
 * `now` have been there since before the clock was set back.
 */
export async function pageOfGroup(
  store: Store,
  who: Who,
  group: GroupName,
  { cursor, now }: { readonly cursor: string | undefined; readonly now: number },
): Promise<{
  readonly items: readonly { key: Key; caseKey: Key; caseNumber: string | null }[]
  readonly next: string | null
}> {
  const place = readCursor(cursor) ?? { at: now, key: 0 }
  const { incident: t } = store.tables
  const open = openIncidents(store)
  const rows = await open
    .rows(
      and(
        await casesLookedAfter(store, who),
        eq(open.processId, group.processId),
        eq(t.elementId, group.elementId),
        eq(t.code, group.code),
        or(lte(t.createdAt, place.at), gt(t.createdAt, now)),
        gt(t.key, place.key),
      ),
    )
    .orderBy(asc(t.key))
    .limit(PAGE + 1)
  const items = rows
    .slice(0, PAGE)
    .map(({ incident, instance }) => ({ key: incident.key, caseKey: instance.key, caseNumber: instance.number }))
  const last = items.at(-1)
  return { items, next: rows.length > PAGE && last ? writeCursor({ at: place.at, key: last.key }) : null }
}
