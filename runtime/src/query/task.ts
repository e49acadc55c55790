import { Rejection } from '@bihuan/engine'
import { and, eq, inArray } from 'drizzle-orm'
import type { Task } from '../contract/contract.ts'
import { time, timeOrNull, wireKey } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import { namesOf } from '../identity/person.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { dataOf } from '../work/case-data.ts'
import { aboutTask, findDraft } from '../work/draft.ts'
import { showForm } from '../work/form-judge.ts'
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

/** A task as its page shows it. The form and the draft are given to those who may complete it, and to who completed it. */
export async function readTask(services: Services, person: Person, key: number): Promise<Task> {
  const { task, instance, candidates, can } = await openTask(services, person, key)
  const { store, definitions } = services
  const ring = (await ringsOf(store, definitions, [instance])).get(instance.key)
  if (!ring) throw new Rejection('NOT_FOUND')
  const name = await namesOf(store, [task.assignee, task.completedBy, ...task.candidateUsers])
  const form = await services.forms.forStep(task.formKey, placeOf(task, instance))
  const showsForm = form !== null && (can.complete || task.completedBy === person.id || task.assignee === person.id)
  const words = (await candidateWords(services, candidates)).get(task.key) ?? []
  return {
    key: wireKey(task.key),
    name: task.name,
    // One that its listeners still look at is shown as it will be; nothing can be done with it yet.
    state: task.state === 'creating' ? 'created' : task.state,
    assignee: task.assignee === null ? null : { id: task.assignee, name: name(task.assignee) },
    candidates: [...words, ...task.candidateUsers.map(name)],
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
    form: showsForm ? showForm(form, (await dataOf(store, instance, task.elementInstanceKey)).context) : null,
    draft: can.complete || task.endedAt !== null ? await findDraft(services, person.id, aboutTask(task.key)) : null,
    can,
    now: time(services.host.clock.now()),
  }
}

/** Open tasks of a case with their candidates. */
export async function openTasksOf({ store }: Services, instanceKey: number) {
  const { userTask, taskCandidate } = store.tables
  const tasks = await store.read
    .select()
    .from(userTask)
    .where(and(eq(userTask.instanceKey, instanceKey), eq(userTask.state, 'created')))
    .orderBy(userTask.createdAt, userTask.key)
    .limit(200)
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
  return { tasks, candidates }
}
