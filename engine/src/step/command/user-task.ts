import { isPriority } from '../../element/user-task-values.ts'
import { next } from '../../lifecycle/next.ts'
import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import type { TaskAct, UserTask } from '../../state/state.ts'
import { definitionOf, elementOf, type Run, statusOf } from '../run.ts'
import { areCandidates } from '../task-listeners.ts'
import { askTask } from '../user-task.ts'
import { notFound } from './find.ts'

type TaskCommand = Command<'userTask.assign' | 'userTask.unassign' | 'userTask.complete' | 'userTask.update'>

/** Gives the task to a person; takes it over from another only with `allowOverride`. */
export function assignUserTask(run: Run, command: Command<'userTask.assign'>): void {
  const task = find(run, command, 'assign')
  const { assignee, allowOverride, action } = command.value
  if (task.assignee === assignee) return
  if (task.assignee !== null && !allowOverride) throw assigned(task)
  ask(run, task, { event: 'assigning', asked: { elementId: task.elementId, assignee, ...called(action) } })
}

export function unassignUserTask(run: Run, command: Command<'userTask.unassign'>): void {
  const task = find(run, command, 'unassign')
  ask(run, task, { event: 'assigning', asked: { elementId: task.elementId, assignee: null } })
}

export function updateUserTask(run: Run, command: Command<'userTask.update'>): void {
  const task = find(run, command, 'updating')
  const { dueAt = task.dueAt, priority = task.priority, action, ...changes } = command.value
  if (!isPriority(priority))
    throw new Rejection('BODY_INVALID', {
      field: 'priority',
      ...(priority > 100
        ? { why: 'atMost', limit: 100 }
        : priority < 0
          ? { why: 'atLeast', limit: 0 }
          : { type: 'integer' }),
    })
  if (!areCandidates(run, task.elementInstanceKey, changes.candidateGroups ?? []))
    throw new Rejection('BODY_INVALID', { field: 'candidateGroups' })
  const others = Object.keys(changes).length > 0 && { changes }
  const asked = { elementId: task.elementId, dueAt, priority, ...others, ...called(action) }
  ask(run, task, { event: 'updating', asked })
}

/** Completes a task. A person may not complete what is assigned to another; systems may. */
export function completeUserTask(run: Run, command: Command<'userTask.complete'>): void {
  const task = find(run, command, 'complete')
  const { type, id } = command.actor
  if (type === 'person' && task.assignee !== null && task.assignee !== id) throw assigned(task)
  const { variables, formKey, place, action } = command.value
  // Answers to the form or the step of before do not belong to the step as it is now (SPEC MG9).
  const isOtherForm = formKey !== null && task.formKey !== undefined && task.formKey !== formKey
  if (isOtherForm || (place && !isAt(run, task, place))) throw new Rejection('FORM_VERSION_STALE')
  ask(run, task, { event: 'completing', asked: { elementId: task.elementId, variables, formKey, ...called(action) } })
}

/** The name of what is asked, where it has one of its own (SPEC TL5). */
const called = (action: string | undefined) => (action ? { action } : {})

type Place = NonNullable<Command<'userTask.complete'>['value']['place']>

/** Whether a task belongs to this step of this definition: a migration lets it go on in another. */
function isAt(run: Run, { elementInstanceKey }: UserTask, { definitionKey, elementId }: Place): boolean {
  const element = elementOf(run, elementInstanceKey)
  return element.elementId === elementId && definitionOf(run, element).key === definitionKey
}

/** Asks it of the task: it takes effect at once, or when the task's listeners are done. */
function ask(run: Run, task: UserTask, act: TaskAct): void {
  askTask(run, task.key, task.elementInstanceKey, act)
}

function find(run: Run, command: TaskCommand, verb: string): UserTask {
  const key = command.key ?? 0
  const status = statusOf(run.state, 'userTask', key)
  if (status === null) throw notFound(run)
  const task = run.state.tasks.get(key)
  if (!task) throw new Rejection('USER_TASK_COMPLETED', { task: run.state.endedTasks.get(key)?.name ?? '', status })
  // One act at a time: what was asked before waits for its listeners (Camunda 8: "in the wrong state").
  if (task.pending) throw new Rejection('STATE_CONFLICT', { state: task.pending.event })
  if (next('userTask', status, verb) === null) throw new Rejection('USER_TASK_NOT_ASSIGNED', { task: task.name })
  return task
}

function assigned(task: UserTask): Rejection {
  return new Rejection('USER_TASK_ASSIGNED', { task: task.name, assignee: task.assignee })
}
