import { and, asc, count, desc, eq, exists, inArray, isNotNull, lt, not, or, type SQL, sql } from 'drizzle-orm'
import type { Inbox, InboxItem, InboxView } from '../contract/contract.ts'
import { readCursor, time, timeOrNull, wireKey, wireKeyOrNull, writeCursor } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import { contains, sharedWith, waitingFor } from '../identity/access.ts'
import { namesOf } from '../identity/person.ts'
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

function condition({ store }: Services, person: Person, view: Exclude<InboxView, 'waiting'>): SQL | undefined {
  const { userTask } = store.tables
  if (view === 'mine') return waitingFor(store, person)
  if (view === 'claimable') return sharedWith(store, person)
  return and(eq(userTask.completedBy, person.id), isNotNull(userTask.endedAt), eq(userTask.state, 'completed'))
}

/** Running cases of the person's in which it is others' turn. */
function waiting({ store }: Services, person: Person): SQL | undefined {
  const { participant, processInstance, userTask } = store.tables
  const own = store.read
    .select({ key: participant.instanceKey })
    .from(participant)
    .where(eq(participant.personId, person.id))
  const turn = store.read
    .select({ one: sql`1` })
    .from(userTask)
    .where(and(eq(userTask.instanceKey, processInstance.key), or(waitingFor(store, person), sharedWith(store, person))))
  return and(eq(processInstance.state, 'active'), inArray(processInstance.key, own), not(exists(turn)))
}

async function page(
  services: Services,
  person: Person,
  { view, search, cursor }: { view: InboxView; search: string; cursor: string | undefined },
): Promise<readonly Line[]> {
  const { store } = services
  const { processInstance, userTask } = store.tables
  const from = readCursor(cursor)
  const matches =
    search === '' ? undefined : or(contains(processInstance.title, search), contains(processInstance.number, search))
  if (view === 'waiting') {
    const before = from
      ? or(
          lt(processInstance.startedAt, from.at),
          and(eq(processInstance.startedAt, from.at), lt(processInstance.key, from.key)),
        )
      : undefined
    const rows = await store.read
      .select()
      .from(processInstance)
      .where(and(waiting(services, person), matches, before))
      .orderBy(desc(processInstance.startedAt), desc(processInstance.key))
      .limit(PAGE + 1)
    return rows.map((instance) => ({ instance, task: null, at: instance.startedAt }))
  }
  const column = view === 'done' ? userTask.endedAt : userTask.createdAt
  const before = from ? or(lt(column, from.at), and(eq(column, from.at), lt(userTask.key, from.key))) : undefined
  const found = search === '' ? undefined : or(matches, contains(userTask.name, search))
  const rows = await store.read
    .select({ task: userTask, instance: processInstance })
    .from(userTask)
    .innerJoin(processInstance, eq(processInstance.key, userTask.instanceKey))
    .where(and(condition(services, person, view), found, before))
    .orderBy(desc(column), desc(userTask.key))
    .limit(PAGE + 1)
  return rows.map((row) => ({ ...row, at: (view === 'done' ? row.task.endedAt : row.task.createdAt) ?? 0 }))
}

async function countsOf(services: Services, person: Person): Promise<Inbox['counts']> {
  const { read, tables } = services.store
  const tasks = async (view: 'mine' | 'claimable' | 'done') => {
    const [row] = await read
      .select({ n: count() })
      .from(tables.userTask)
      .where(condition(services, person, view))
    return row?.n ?? 0
  }
  const [row] = await read.select({ n: count() }).from(tables.processInstance).where(waiting(services, person))
  return {
    mine: await tasks('mine'),
    claimable: await tasks('claimable'),
    waiting: row?.n ?? 0,
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
  const { elementInstance, timer, userTask } = store.tables
  const timers = await store.read
    .select({ key: timer.instanceKey, name: elementInstance.name, since: timer.createdAt, dueAt: timer.dueAt })
    .from(timer)
    .innerJoin(elementInstance, eq(elementInstance.key, timer.elementInstanceKey))
    .where(inArray(timer.instanceKey, [...keys]))
    .orderBy(desc(timer.dueAt))
  for (const row of timers)
    if (row.name !== null) waits.set(row.key, { name: row.name, assignee: null, since: row.since, dueAt: row.dueAt })
  const tasks = await store.read
    .select()
    .from(userTask)
    .where(and(inArray(userTask.instanceKey, [...keys]), eq(userTask.state, 'created')))
    .orderBy(asc(userTask.createdAt))
  for (const task of [...tasks].reverse()) {
    waits.set(task.instanceKey, { name: task.name, assignee: task.assignee, since: task.createdAt, dueAt: task.dueAt })
  }
  return waits
}
