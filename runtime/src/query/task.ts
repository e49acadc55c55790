import { Rejection, writableNames } from '@bihuan/engine'
import { and, count, eq, inArray, or, type SQL } from 'drizzle-orm'
import type { Task, TaskForm } from '../contract/contract.ts'
import { time, timeOrNull, wireKey } from '../contract/wire.ts'
import { ofCase } from '../db/of-case.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { namesOf } from '../identity/person.ts'
import { isCaretaker, workPositions } from '../identity/role.ts'
import { turnsOf } from '../identity/task-list.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { dataOf, heldAtEnd } from '../work/case-data.ts'
import { aboutTask, findDraft } from '../work/draft.ts'
import { type DeployedForm, showFilled, showForm } from '../work/form-judge.ts'
import { openTask, placeOf } from '../work/task.ts'
import { ringsOf } from './ring.ts'

/**
 * Candidates in words, by task: `花园村 村文书`. Units and roles are named as the organisation names them today.
 */
export async function candidateWords(
  { store }: Services,
  candidates: readonly Pick<Row<'taskCandidate'>, 'taskKey' | 'role' | 'unitId'>[],
): Promise<ReadonlyMap<number, string[]>> {
  const words = new Map<number, string[]>()
  if (candidates.length === 0) return words
  const { unit, role } = store.tables
  const units = await store.read
    .select({ id: unit.id, name: unit.name })
    .from(unit)
    .where(inArray(unit.id, [...new Set(candidates.map((one) => one.unitId))]))
  const roles = await store.read
    .select({ key: role.key, name: role.name })
    .from(role)
    .where(inArray(role.key, [...new Set(candidates.map((one) => one.role))]))
  const unitName = new Map(units.map((row) => [row.id, row.name]))
  const roleName = new Map(roles.map((row) => [row.key, row.name]))
  for (const one of candidates) {
    const text = `${unitName.get(one.unitId) ?? one.unitId} ${roleName.get(one.role) ?? one.role}`
    words.set(one.taskKey, [...(words.get(one.taskKey) ?? []), text])
  }
  return words
}

/** Keys of tasks that nobody has and that are offered to positions alone, none of which anybody holds. */
export async function vacantAmong(
  { read, tables: { position } }: Store,
  tasks: readonly Row<'userTask'>[],
  candidates: readonly Pick<Row<'taskCandidate'>, 'taskKey' | 'role' | 'unitId'>[],
): Promise<ReadonlySet<number>> {
  const free = new Set(
    tasks.filter((one) => one.assignee === null && one.candidateUsers.length === 0).map(({ key }) => key),
  )
  const offered = candidates.filter(({ taskKey }) => free.has(taskKey))
  if (offered.length === 0) return new Set()
  const name = (one: { readonly role: string; readonly unitId: string }) => `${one.role} ${one.unitId}`
  // Who looks after the system takes part in no case, whatever a model says.
  const asked = [...new Map(offered.map((one) => [name(one), one])).values()].filter(({ role }) => !isCaretaker(role))
  const rows =
    asked.length === 0
      ? []
      : await read
          .selectDistinct({ role: position.role, unitId: position.unitId })
          .from(position)
          .where(or(...asked.map((one) => and(eq(position.unitId, one.unitId), eq(position.role, one.role)))))
  const held = new Set(rows.map(name))
  const vacant = new Set(offered.map(({ taskKey }) => taskKey))
  for (const one of offered) if (held.has(name(one))) vacant.delete(one.taskKey)
  return vacant
}

/**
 * A task as its page shows it. The form is given to those who may complete it, to who completed it, and to who has a
 * draft of it while it is, or was, offered to him: to the last without what others have answered.
 */
export async function readTask(services: Services, person: Person, key: number): Promise<Task> {
  const { task, instance, candidates, isOffered, can } = await openTask(services, person, key)
  const { store, definitions } = services
  const ring = (await ringsOf(store, definitions, [instance])).get(instance.key)
  if (!ring) throw new Rejection('NOT_FOUND')
  const name = await namesOf(store, [task.assignee, task.completedBy, ...task.candidateUsers])
  const form = await services.forms.forStep(task.formKey, placeOf(task, instance))
  // What he has typed and could not hand in any more stays his to read, and to copy.
  const draft = task.completedBy === person.id ? null : await findDraft(services, person.id, aboutTask(task.key))
  const isHis = can.complete || task.completedBy === person.id || task.assignee === person.id
  const shown = form && (isHis || (isOffered && draft)) ? await shownIn(services, form, task, instance) : null
  const others = isHis || !form ? [] : writableNames(form.form)
  const words = (await candidateWords(services, candidates)).get(task.key) ?? []
  return {
    key: wireKey(task.key),
    name: task.name,
    // One that its listeners still look at is shown as it will be; nothing can be done with it yet.
    state: task.state === 'creating' ? 'created' : task.state,
    assignee: task.assignee === null ? null : { id: task.assignee, name: name(task.assignee) },
    candidates: [...words, ...task.candidateUsers.map(name)],
    as: capacityIn(person, candidates, instance),
    createdAt: time(task.createdAt),
    dueAt: timeOrNull(task.dueAt),
    completedAt: timeOrNull(task.state === 'completed' ? task.endedAt : null),
    completedBy: task.completedBy === null ? null : { id: task.completedBy, name: name(task.completedBy) },
    case: {
      key: wireKey(instance.key),
      number: instance.number,
      title: instance.title ?? instance.processName,
      processName: instance.processName,
      unit: { id: instance.unitId, name: instance.unitName, level: instance.unitLevel },
      ring,
    },
    form: shown && { ...shown, data: omit(shown.data, others) },
    draft,
    can,
    now: time(services.host.clock.now()),
  }
}

const omit = <V>(values: { readonly [name: string]: V }, names: readonly string[]): { [name: string]: V } =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

/** In which of several positions a person is offered a task; null for who holds one only, and for what is his by name. */
function capacityIn(
  person: Person,
  candidates: readonly Row<'taskCandidate'>[],
  instance: Row<'processInstance'>,
): string | null {
  const held = workPositions(person)
  const offered = held.filter(({ role, unit }) => candidates.some((one) => one.role === role && one.unitId === unit.id))
  if (held.length < 2 || offered.length === 0) return null
  return offered
    .map(({ roleName, unit }) => (unit.id === instance.unitId ? roleName : `${unit.name} ${roleName}`))
    .join('、')
}

/** The form of a task with what its fields hold; of a completed one, with what they held when it was completed. */
async function shownIn(
  { store, host }: Services,
  form: DeployedForm,
  task: Row<'userTask'>,
  instance: Row<'processInstance'>,
): Promise<TaskForm> {
  const isFilled = task.state === 'completed'
  const before = isFilled ? await heldAtEnd(store, task) : null
  const { context } = await dataOf(store, instance, task.elementInstanceKey, before)
  return isFilled ? showFilled(form, context) : showForm(form, context, host.clock.now())
}

/** Tasks of a case that are listed at most. */
const LISTED = 200

/**
 * Open tasks of a case with their candidates, the oldest first, and how many there are beyond those. A ballot has
 * thousands: those that are the person's to do are always among them.
 */
export async function openTasksOf({ store }: Services, person: Person, instanceKey: number) {
  const { userTask, taskCandidate } = store.tables
  const isOpen = and(ofCase(userTask.key, instanceKey), eq(userTask.state, 'created'))
  const listed = (which: SQL | undefined, limit: number) =>
    store.read.select().from(userTask).where(which).orderBy(userTask.createdAt, userTask.key).limit(limit)
  const first = await listed(isOpen, LISTED)
  const isAll = first.length < LISTED
  const his = isAll ? [] : await Promise.all(turnsOf(store, person).map((turn) => listed(and(isOpen, turn), LISTED)))
  const tasks = [...new Map([...his.flat(), ...first].map((task) => [task.key, task])).values()]
  const [open] = isAll ? [] : await store.read.select({ n: count() }).from(userTask).where(isOpen)
  const candidates =
    tasks.length === 0
      ? []
      : await store.read
          .select()
          .from(taskCandidate)
          .where(
            inArray(
              taskCandidate.taskKey,
              tasks.map((task) => task.key),
            ),
          )
  return { tasks, candidates, more: open ? open.n - tasks.length : 0 }
}
