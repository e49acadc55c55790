import { type Actor, type CommandValues, Rejection, type Variables } from '@bihuan/engine'
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { ofCase } from '../db/of-case.ts'
import { ofStore, prepared } from '../db/prepared.ts'
import type { Row } from '../db/schema/index.ts'
import { claimableBy, hasPartInCase } from '../identity/access.ts'
import { namesOf } from '../identity/person.ts'
import { workPositions } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'
import { acceptAnswers } from './answers.ts'
import { dataOf, streamOf } from './case-data.ts'
import { aboutTask, dropDraft, type Keep, saveDraft } from './draft.ts'

/** A task with its case and what a person may do with it now. The one place where task rules live. */
export interface OpenedTask {
  readonly task: Row<'userTask'>
  readonly instance: Row<'processInstance'>
  readonly candidates: readonly Row<'taskCandidate'>[]
  /** Whether it is, or was, offered to him: by name, or by a position he holds now. */
  readonly isOffered: boolean
  readonly can: { readonly claim: boolean; readonly release: boolean; readonly complete: boolean }
}

const queries = ofStore(({ read, tables: { userTask, processInstance, taskCandidate } }) => ({
  task: prepared(
    'task_with_case',
    read
      .select({ task: userTask, instance: processInstance })
      .from(userTask)
      .innerJoin(processInstance, eq(processInstance.key, userTask.instanceKey))
      .where(eq(userTask.key, sql.placeholder('key'))),
  ),
  candidates: prepared(
    'task_candidates',
    read
      .select()
      .from(taskCandidate)
      .where(eq(taskCandidate.taskKey, sql.placeholder('key'))),
  ),
}))

/** A task by its key, whoever asks; null when there is none. */
export async function findTask({ store }: Services, key: number) {
  const { task, candidates } = queries(store)
  const [row] = await task.execute({ key })
  return row ? { ...row, candidates: await candidates.execute({ key }) } : null
}

/**
 * Does what a system asks of a task, which may be any: the host knows whether it is there, and the tables are asked only
 * when it refuses. Throws `NOT_FOUND` for one that does not exist, whatever the host says.
 */
export async function ofAnyTask<T>(services: Services, key: number, act: (key: number) => Promise<T>): Promise<T> {
  try {
    return await act(key)
  } catch (error) {
    if (error instanceof Rejection && !(await findTask(services, key))) throw new Rejection('NOT_FOUND')
    throw error
  }
}

/** Opens a task for a person. Throws `NOT_FOUND` for one that does not exist and for one that is not his to see alike. */
export async function openTask(services: Services, person: Person, key: number): Promise<OpenedTask> {
  const found = await findTask(services, key)
  if (!found) throw new Rejection('NOT_FOUND')
  const { task, candidates } = found
  const isOffered =
    task.candidateUsers.includes(person.id) ||
    workPositions(person).some((held) =>
      candidates.some((one) => one.role === held.role && one.unitId === held.unit.id),
    )
  const isMine = task.assignee === person.id
  if (!isMine && !isOffered && !(await hasPartInCase(services.store, person, task.instanceKey)))
    throw new Rejection('NOT_FOUND')
  const isOpen = task.state === 'created' && task.pending === null
  const isFree = task.assignee === null
  return {
    ...found,
    isOffered,
    can: {
      claim: isOpen && isFree && isOffered,
      release: isOpen && isMine && (candidates.length > 0 || task.candidateUsers.length > 0),
      complete: isOpen && (isMine || (isFree && isOffered)),
    },
  }
}

/** Where the form of a task is shown: in its own definition, which may be that of a called process. */
export const placeOf = (
  task: Pick<Row<'userTask'>, 'definitionKey' | 'elementId'>,
  instance: Pick<Row<'processInstance'>, 'definitionKey'>,
) => ({ definitionKey: task.definitionKey ?? instance.definitionKey, elementId: task.elementId })

export const actorOf = (person: Person): Actor => ({ type: 'person', id: person.id })

/** What the person calls what he asks; nothing where it has no name of its own (Camunda 8: `action`). */
export type Called = Pick<CommandValues['userTask.complete'], 'action'>

/** Takes a task that is offered to the person. Taking what one has already changes nothing, nor does a repeated request. */
export async function claimTask(
  services: Services,
  person: Person,
  key: number,
  requestId: string,
  called: Called = {},
): Promise<void> {
  const { task, can } = await openTask(services, person, key)
  if (task.state === 'created' && task.assignee === person.id) return
  if (!can.claim) {
    if (await isAnswered(services, streamOf(key), requestId, actorOf(person))) return
    throw await notNow(services, task, person)
  }
  await take(services, person, task, requestId, called)
}

/** Assigns a task to the person. Throws `USER_TASK_ASSIGNED` when another was faster. */
async function take(
  services: Services,
  person: Person,
  task: Row<'userTask'>,
  requestId: string,
  called: Called = {},
): Promise<void> {
  try {
    await services.host.submit({
      kind: 'userTask.assign',
      key: task.key,
      actor: actorOf(person),
      requestId,
      value: { assignee: person.id, allowOverride: false, ...called },
    })
  } catch (error) {
    if (!(error instanceof Rejection) || error.code !== 'USER_TASK_ASSIGNED') throw error
    throw await takenBy(services, person, task, String(error.facts.assignee))
  }
}

/** The refusal of a task that another person has: with his name for whoever has a part in the case. */
async function takenBy({ store }: Services, person: Person, task: Row<'userTask'>, holder: string): Promise<Rejection> {
  const mayKnow = await hasPartInCase(store, person, task.instanceKey)
  const assignee = mayKnow ? (await namesOf(store, [holder]))(holder) : null
  return new Rejection('USER_TASK_ASSIGNED', { task: task.name, assignee })
}

/** Gives a task back to those it was offered to. */
export async function releaseTask(services: Services, person: Person, key: number, requestId: string): Promise<void> {
  const { task, can } = await openTask(services, person, key)
  if (!can.release) {
    if (await isAnswered(services, streamOf(key), requestId, actorOf(person))) return
    throw await notNow(services, task, person)
  }
  await services.host.submit({ kind: 'userTask.unassign', key, actor: actorOf(person), requestId, value: {} })
}

/** Keeps typed answers of a task. Throws why he cannot complete it, after it has kept them where he could before. */
export async function saveTaskDraft(
  services: Services,
  person: Person,
  key: number,
  answers: { [name: string]: unknown },
) {
  const { task, can } = await openTask(services, person, key)
  if (!can.complete && !isOutOfHand(task)) throw await notNow(services, task, person)
  const saved = await saveDraft(services, person.id, aboutTask(key), answers)
  if (!can.complete) throw await notNow(services, task, person)
  return saved
}

/** Another was faster, or its time has passed: what somebody has typed into it is his all the same. */
const isOutOfHand = ({ state, assignee }: Row<'userTask'>): boolean => state !== 'created' || assignee !== null

/** Why a person cannot do what he asks with a task he may see. */
async function notNow(services: Services, task: Row<'userTask'>, person: Person): Promise<Rejection> {
  if (task.pending !== null || task.state === 'creating')
    return new Rejection('STATE_CONFLICT', { state: task.pending ?? task.state })
  if (task.state !== 'created') return new Rejection('USER_TASK_COMPLETED', { name: task.name })
  if (task.assignee !== null && task.assignee !== person.id) return takenBy(services, person, task, task.assignee)
  if (task.assignee === null) return new Rejection('FORBIDDEN')
  return new Rejection('USER_TASK_NOT_ASSIGNED', { name: task.name })
}

/**
 * Completes a task with a person's answers. An offered task that nobody has is taken first: both are recorded. `keep` is
 * given the answers before they are judged. A repeated request gives its first answer.
 */
export async function completeTask(
  services: Services,
  person: Person,
  key: number,
  given: { readonly formKey: string | null; readonly answers: { readonly [name: string]: unknown } },
  requestId: string,
  keep: Keep,
  called: Called = {},
): Promise<{ readonly instanceKey: number; readonly nextTaskKey: number | null }> {
  const { task, instance, can } = await openTask(services, person, key)
  const actor = actorOf(person)
  if (!can.complete) {
    if (task.completedBy === person.id && (await isAnswered(services, streamOf(key), requestId, actor))) {
      return { instanceKey: instance.key, nextTaskKey: await nextTask(services, person, instance.key) }
    }
    if (isOutOfHand(task)) await keep(aboutTask(key), given.answers)
    throw await notNow(services, task, person)
  }
  await keep(aboutTask(key), given.answers)
  const place = placeOf(task, instance)
  const form = await services.forms.forStep(task.formKey, place)
  const { context } = await dataOf(services.store, instance, task.elementInstanceKey)
  const variables = await acceptAnswers(services, {
    form,
    formKey: given.formKey,
    answers: given.answers,
    data: context,
    personId: person.id,
    instanceKey: instance.key,
  })
  if (task.assignee === null) {
    await take(services, person, task, `${requestId}:assign`)
  }
  await submitCompletion(services, key, actor, requestId, variables, {
    formKey: form?.row.key ?? null,
    place,
    ...called,
  })
  // Who looks at it before it is done may deny it: it is his again then, and so is what he typed.
  const [after] = await queries(services.store).task.execute({ key })
  if (!after?.task.pending) await dropDraft(services, person.id, aboutTask(key))
  return { instanceKey: instance.key, nextTaskKey: await nextTask(services, person, instance.key) }
}

/** The command itself, the same for people and systems; `judged`: by what form and for what step, null where none was. */
export function submitCompletion(
  services: Services,
  key: number,
  actor: Actor,
  requestId: string,
  variables: Variables,
  judged: Pick<CommandValues['userTask.complete'], 'formKey' | 'place' | 'action'> | null,
) {
  const value = { variables, formKey: null, ...judged }
  return services.host.submit({ kind: 'userTask.complete', key, actor, requestId, value })
}

/** Whether this very request has been carried out already: its reply was lost, not its effect. */
export async function isAnswered(
  { store }: Services,
  stream: number,
  requestId: string,
  actor: Actor,
): Promise<boolean> {
  const { trail } = store.tables
  const rows = await store.read
    .select({ sequence: trail.sequence })
    .from(trail)
    .where(and(eq(trail.stream, stream), eq(trail.requestId, requestId), eq(trail.actorId, actor.id)))
    .limit(1)
  return rows.length > 0
}

/** The next task of the case that the person can do: his, or offered to him. */
async function nextTask({ store }: Services, person: Person, instanceKey: number): Promise<number | null> {
  const { userTask } = store.tables
  const mine = and(eq(userTask.state, 'created'), isNull(userTask.pending), eq(userTask.assignee, person.id))
  const rows = await store.read
    .select({ key: userTask.key, assignee: userTask.assignee })
    .from(userTask)
    .where(and(ofCase(userTask.key, instanceKey), or(mine, claimableBy(store, person))))
    .orderBy(asc(userTask.createdAt), asc(userTask.key))
    .limit(20)
  return (rows.find((row) => row.assignee !== null) ?? rows[0])?.key ?? null
}
