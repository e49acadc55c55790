import { and, type Column, count, desc, eq, exists, inArray, lt, not, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { COUNTED, type Inbox, type InboxItem, type InboxView } from '../contract/contract.ts'
import { readCursor, time, timeOrNull, wireKey, wireKeyOrNull, writeCursor } from '../contract/wire.ts'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import { isInOpenCase } from '../db/schema/participant.ts'
import { contains } from '../identity/access.ts'
import { namesOf } from '../identity/person.ts'
import { type TaskView, tasksIn, turnsOf } from '../identity/task-list.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { ringsOf } from './ring.ts'

const PAGE = 50

/** One page of a person's inbox, newest first, with the counts of all views. */
export async function readInbox(
  services: Services,
  person: Person,
  request: { readonly view: InboxView; readonly search: string; readonly cursor: string | undefined },
): Promise<Inbox> {
  const rows = await page(services, person, request)
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    items: await itemsOf(services, shown),
    counts: await countsOf(services, person),
    next: last ? writeCursor({ at: last.at, key: last.task?.key ?? last.instance.key }) : null,
    now: time(services.host.clock.now()),
  }
}

interface Line {
  readonly instance: Row<'processInstance'>
  /** Null for a case that waits for something else than a task. */
  readonly task: Row<'userTask'> | null
  /** What the list is ordered by. */
  readonly at: number
}

/** What a page is asked for, whatever it lists. */
interface Asked {
  readonly search: string
  readonly cursor: string | undefined
}

/** His parts in running cases in which it is others' turn. */
function waiting({ store }: Services, person: Person): SQL | undefined {
  const { participant, userTask } = store.tables
  const [assigned, ...free] = turnsOf(store, person)
  // His own lie side by side in an index, and may be thousands; what he could take is looked for case by case.
  const his = store.read.select({ key: userTask.instanceKey }).from(userTask).where(assigned)
  const others = store.read
    .select({ one: sql`1` })
    .from(userTask)
    .where(and(ofCase(userTask.key, participant.instanceKey), or(...free)))
  return and(
    eq(participant.personId, person.id),
    isInOpenCase(participant),
    notInArray(participant.instanceKey, his),
    not(exists(others)),
  )
}

/** A search looks through all that the person ever had: nobody else's page waits behind it. */
const readerFor = ({ store }: Services, search: string) => (search === '' ? store.read : store.scan)

/** Title or number of the case as searched for; everything when nothing is. */
function caseMatches({ store }: Services, search: string): SQL | undefined {
  const { processInstance } = store.tables
  return search === ''
    ? undefined
    : or(contains(processInstance.title, search), contains(processInstance.number, search))
}

/** What comes after the place a cursor names: both dialects read it as a range of the index they list by. */
function after(cursor: string | undefined, at: Column, key: Column): SQL | undefined {
  const from = readCursor(cursor)
  return from ? sql`(${at}, ${key}) < (${from.at}, ${from.key})` : undefined
}

async function page(
  services: Services,
  person: Person,
  { view, ...asked }: Asked & { view: InboxView },
): Promise<readonly Line[]> {
  if (view === 'waiting') return waitingPage(services, person, asked)
  const { read, tables } = services.store
  const { processInstance, userTask } = tables
  const places = await tasksPage(services, tasksIn(services.store, person, view), view, asked)
  if (places.length === 0) return []
  const rows = await read
    .select({ task: userTask, instance: processInstance })
    .from(userTask)
    .innerJoin(processInstance, eq(processInstance.key, userTask.instanceKey))
    .where(
      inArray(
        userTask.key,
        places.map(({ key }) => key),
      ),
    )
  const byKey = new Map(rows.map((row) => [row.task.key, row]))
  return places.flatMap(({ key, at }) => {
    const row = byKey.get(key)
    return row ? [{ ...row, at: at ?? 0 }] : []
  })
}

/** Keys of the tasks of a page: the first of each part of the list, each in order by itself, put together. */
async function tasksPage(
  services: Services,
  parts: readonly (SQL | undefined)[],
  view: TaskView,
  { search, cursor }: Asked,
): Promise<readonly { readonly key: number; readonly at: number | null }[]> {
  const { processInstance, userTask } = services.store.tables
  const column = view === 'done' ? userTask.endedAt : userTask.createdAt
  const found = search === '' ? undefined : or(caseMatches(services, search), contains(userTask.name, search))
  const lists = await Promise.all(
    parts.map((part) => {
      const keys = readerFor(services, search).select({ key: userTask.key, at: column }).from(userTask).$dynamic()
      return (found ? keys.innerJoin(processInstance, eq(processInstance.key, userTask.instanceKey)) : keys)
        .where(and(part, found, after(cursor, column, userTask.key)))
        .orderBy(desc(column), desc(userTask.key))
        .limit(PAGE + 1)
    }),
  )
  return lists
    .flat()
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || b.key - a.key)
    .slice(0, PAGE + 1)
}

async function waitingPage(services: Services, person: Person, { search, cursor }: Asked): Promise<readonly Line[]> {
  const { participant, processInstance } = services.store.tables
  const from = readCursor(cursor)
  const rows = await readerFor(services, search)
    .select({ instance: processInstance })
    .from(participant)
    .innerJoin(processInstance, eq(processInstance.key, participant.instanceKey))
    .where(
      and(
        waiting(services, person),
        caseMatches(services, search),
        from ? lt(participant.instanceKey, from.key) : undefined,
      ),
    )
    .orderBy(desc(participant.instanceKey))
    .limit(PAGE + 1)
  return rows.map(({ instance }) => ({ instance, task: null, at: instance.startedAt }))
}

/** Who has worked for years has tens of thousands of each: beyond the most that is told, none is counted. */
async function countsOf(services: Services, person: Person): Promise<Inbox['counts']> {
  const { read, tables } = services.store
  const { participant, userTask } = tables
  const some = async (table: typeof participant | typeof userTask, condition: SQL | undefined) => {
    const found = read
      .select({ one: sql`1`.as('one') })
      .from(table)
      .where(condition)
      .limit(COUNTED)
      .as('found')
    const [row] = await read.select({ n: count() }).from(found)
    return row?.n ?? 0
  }
  const tasks = async (view: TaskView) => {
    const counts = await Promise.all(tasksIn(services.store, person, view).map((part) => some(userTask, part)))
    return Math.min(
      counts.reduce((sum, n) => sum + n, 0),
      COUNTED,
    )
  }
  return {
    mine: await tasks('mine'),
    claimable: await tasks('claimable'),
    waiting: await some(participant, waiting(services, person)),
    done: await tasks('done'),
  }
}

async function itemsOf(services: Services, lines: readonly Line[]): Promise<InboxItem[]> {
  const { store, definitions } = services
  const rings = await ringsOf(
    store,
    definitions,
    lines.map((line) => line.instance),
  )
  const waits = await waitsOf(
    services,
    lines.filter((line) => line.task === null).map((line) => line.instance.key),
  )
  const name = await namesOf(
    store,
    lines.map((line) => line.task?.assignee ?? waits.get(line.instance.key)?.assignee ?? null),
  )
  return lines.map(({ instance, task }) => {
    const wait = waits.get(instance.key)
    const assignee = task ? task.assignee : (wait?.assignee ?? null)
    const ring = rings.get(instance.key)!
    return {
      taskKey: wireKeyOrNull(task?.key ?? null),
      caseKey: wireKey(instance.key),
      caseNumber: instance.number,
      title: instance.title ?? instance.processName,
      processName: instance.processName,
      unit: { id: instance.unitId, name: instance.unitName, level: instance.unitLevel },
      name: task?.name ?? wait?.name ?? instance.processName,
      assignee: assignee === null ? null : { id: assignee, name: name(assignee) },
      createdAt: time(task?.createdAt ?? wait?.since ?? instance.startedAt),
      dueAt: timeOrNull(task ? task.dueAt : (wait?.dueAt ?? null)),
      completedAt: timeOrNull(task?.state === 'completed' ? task.endedAt : null),
      ring,
    }
  })
}

interface Wait {
  readonly name: string
  readonly assignee: string | null
  readonly since: number
  readonly dueAt: number | null
}

/** What each case waits for: the first open task, else the first timer. */
async function waitsOf({ store }: Services, keys: readonly number[]): Promise<ReadonlyMap<number, Wait>> {
  const waits = new Map<number, Wait>()
  if (keys.length === 0) return waits
  const { elementInstance, processInstance, timer, userTask } = store.tables
  const timers = await store.read
    .select({ key: timer.instanceKey, name: elementInstance.name, since: timer.createdAt, dueAt: timer.dueAt })
    .from(timer)
    .innerJoin(elementInstance, eq(elementInstance.key, timer.elementInstanceKey))
    .where(inArray(timer.instanceKey, [...keys]))
    .orderBy(desc(timer.dueAt))
  for (const row of timers)
    if (row.name !== null) waits.set(row.key, { name: row.name, assignee: null, since: row.since, dueAt: row.dueAt })
  const tasks = await store.read
    .select({ task: userTask })
    .from(processInstance)
    .innerJoin(userTask, ofCase(userTask.key, processInstance.key))
    .where(and(inArray(processInstance.key, [...keys]), eq(userTask.state, 'created')))
    .orderBy(desc(userTask.createdAt), desc(userTask.key))
  for (const { task } of tasks) {
    waits.set(task.instanceKey, { name: task.name, assignee: task.assignee, since: task.createdAt, dueAt: task.dueAt })
  }
  return waits
}
