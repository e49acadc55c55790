import type { UserTaskFacts } from '../../record/fact/user-task.ts'
import type { JobResult, Key } from '../../record/record.ts'
import { ownerOf, type State, type TaskAct, type UserTask } from '../state.ts'
import type { Appliers } from './applier.ts'

/** Facts of user tasks. */
export const userTaskAppliers: Appliers<keyof UserTaskFacts> = {
  'userTask.created': (state, key, value) => {
    state.tasks.set(key, taskOf(key, value))
    ownerOf(state, value).task = key
  },
  'userTask.assigned': (state, key, value) => {
    const task = state.tasks.get(key)
    if (task) assignTo(settled(task), value.assignee)
  },
  'userTask.unassigned': (state, key) => {
    const task = state.tasks.get(key)
    if (task) assignTo(settled(task), null)
  },
  'userTask.updated': (state, key, value) => {
    const task = state.tasks.get(key)
    if (task) {
      settled(task)
      task.dueAt = value.dueAt
      task.priority = value.priority
    }
  },
  'userTask.completed': (state, key, value) => endTask(state, key, value.name, 'completed'),
  'userTask.canceled': (state, key, value) => endTask(state, key, value.name, 'canceled'),
  'userTask.creating': (state, key, asked) => {
    state.tasks.set(key, taskOf(key, asked))
    ownerOf(state, asked).task = key
    ask(state, key, { event: 'creating', asked })
  },
  'userTask.assigning': (state, key, asked) => ask(state, key, { event: 'assigning', asked }),
  'userTask.updating': (state, key, asked) => ask(state, key, { event: 'updating', asked }),
  'userTask.completing': (state, key, asked) => ask(state, key, { event: 'completing', asked }),
  'userTask.canceling': (state, key, asked) => ask(state, key, { event: 'canceling', asked }),
  'userTask.corrected': (state, key, value) => {
    const task = state.tasks.get(key)
    if (!task) return
    if (value.assignee !== undefined) assignTo(task, value.assignee)
    if (value.dueAt !== undefined) task.dueAt = value.dueAt
    if (value.priority !== undefined) task.priority = value.priority
    const { details } = task
    if (!details) return
    const { candidates = details.candidates, candidateUsers = details.candidateUsers } = value
    const followUpAt = value.followUpAt === undefined ? details.followUpAt : value.followUpAt
    task.details = { ...details, candidates, candidateUsers, followUpAt }
  },
  'userTask.denied': (state, key) => {
    const task = state.tasks.get(key)
    if (task) settled(task)
  },
}

function taskOf(key: Key, value: UserTaskFacts['userTask.created']): UserTask {
  const { elementId, elementInstanceKey, name, assignee, dueAt, priority } = value
  const { candidates, candidateUsers, followUpAt, formKey } = value
  return {
    key,
    elementId,
    elementInstanceKey,
    name,
    status: assignee === null ? 'created' : 'assigned',
    assignee,
    dueAt,
    priority,
    ...(value.listened ? { details: { candidates, candidateUsers, followUpAt, formKey } } : {}),
  }
}

function assignTo(task: UserTask, assignee: string | null): void {
  task.assignee = assignee
  task.status = assignee === null ? 'created' : 'assigned'
}

/** What was asked of the task waits for its listeners; asked anew, what they corrected is forgotten. */
function ask(state: State, key: Key, act: TaskAct): void {
  const task = state.tasks.get(key)
  if (task) task.pending = { ...act, corrections: {} }
}

/** Nothing waits for the listeners of the task any more. */
function settled(task: UserTask): UserTask {
  delete task.pending
  return task
}

/** A task listener that is done may have corrected the task: kept until what was asked takes effect. */
export function noteCorrections(state: State, jobKey: Key, result: JobResult | undefined): void {
  const job = state.jobs.get(jobKey)
  if (result?.type !== 'userTask' || job?.listener?.kind !== 'task') return
  const pending = state.tasks.get(ownerOf(state, job).task ?? 0)?.pending
  if (pending) pending.corrections = { ...pending.corrections, ...result.corrections }
}

function endTask(state: State, key: Key, name: string, status: 'completed' | 'canceled'): void {
  const task = state.tasks.get(key)
  if (task) ownerOf(state, task).task = null
  state.tasks.delete(key)
  state.endedTasks.set(key, { name, status })
}
