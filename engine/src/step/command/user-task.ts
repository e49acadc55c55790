import { isPriority } from '../../element/user-task.ts'
import { next } from '../../lifecycle/next.ts'
import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import type { UserTask } from '../../state/state.ts'
import { completeElement } from '../leave.ts'
import { type Run, statusOf, write } from '../run.ts'
import { notFound } from './find.ts'

type TaskCommand = Command<'userTask.assign' | 'userTask.unassign' | 'userTask.complete' | 'userTask.update'>

/** Gives the task to a person; takes it over from another only with `allowOverride`. */
export function assignUserTask(run: Run, command: Command<'userTask.assign'>): void {
  const task = find(run, command, 'assign')
  const { assignee, allowOverride } = command.value
  if (task.assignee === assignee) return
  if (task.assignee !== null && !allowOverride) throw assigned(task)
  write(run, 'userTask.assigned', task.key, { elementId: task.elementId, assignee, previous: task.assignee })
}

export function unassignUserTask(run: Run, command: Command<'userTask.unassign'>): void {
  const task = find(run, command, 'unassign')
  write(run, 'userTask.unassigned', task.key, { elementId: task.elementId, previous: task.assignee ?? '' })
}

export function updateUserTask(run: Run, command: Command<'userTask.update'>): void {
  const task = find(run, command, 'update')
  const { dueAt = task.dueAt, priority = task.priority } = command.value
  if (!isPriority(priority))
    throw new Rejection('BODY_INVALID', {
      field: 'priority',
      ...(priority > 100
        ? { why: 'atMost', limit: 100 }
        : priority < 0
          ? { why: 'atLeast', limit: 0 }
          : { type: 'integer' }),
    })
  write(run, 'userTask.updated', task.key, { elementId: task.elementId, dueAt, priority })
}

/** Completes a task. A person may not complete what is assigned to another; systems may. */
export function completeUserTask(run: Run, command: Command<'userTask.complete'>): void {
  const task = find(run, command, 'complete')
  const { type, id } = command.actor
  if (type === 'person' && task.assignee !== null && task.assignee !== id) throw assigned(task)
  const { variables, formKey } = command.value
  const { elementId, name, elementInstanceKey } = task
  write(run, 'userTask.completed', task.key, { elementId, name, variables, formKey })
  completeElement(run, elementInstanceKey, variables)
}

function find(run: Run, command: TaskCommand, verb: string): UserTask {
  const key = command.key ?? 0
  const status = statusOf(run.state, 'userTask', key)
  if (status === null) throw notFound(run)
  const task = run.state.tasks.get(key)
  if (!task) throw new Rejection('USER_TASK_COMPLETED', { task: run.state.endedTasks.get(key)?.name ?? '', status })
  if (next('userTask', status, verb) === null) throw new Rejection('USER_TASK_NOT_ASSIGNED', { task: task.name })
  return task
}

function assigned(task: UserTask): Rejection {
  return new Rejection('USER_TASK_ASSIGNED', { task: task.name, assignee: task.assignee })
}
