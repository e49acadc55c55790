import { isPriority } from '../element/user-task-values.ts'
import { Rejection } from '../problem/problem.ts'
import type { CommandValues, FactValues, JobResult, Key } from '../record/record.ts'
import type { Job, TaskAct } from '../state/state.ts'
import { invariant, newKey, type Run, write } from './run.ts'
import { takeEffect } from './task-effect.ts'
import { areCandidates, offer, requestAct, taskListeners, taskOf } from './task-listeners.ts'

/** Creates the user task of an element instance, when its listeners are done (SPEC TL2). */
export function createTask(run: Run, ownerKey: Key, asked: FactValues['userTask.created']): void {
  askTask(run, newKey(run), ownerKey, { event: 'creating', asked })
}

/**
 * Does what is asked of a user task: at once, or when its task listeners are done, one after another (Camunda 8: "User
 * task listeners", SPEC TL1).
 */
export function askTask(run: Run, taskKey: Key, ownerKey: Key, act: TaskAct): void {
  if (taskListeners(run, ownerKey, act.event).length === 0) takeEffect(run, taskKey, ownerKey, act, {})
  else requestAct(run, taskKey, ownerKey, act)
}

/** What was asked begins again: a listener's type, retries or priority could not be evaluated (SPEC TL9). */
export function askAgain(run: Run, ownerKey: Key): void {
  const task = taskOf(run, ownerKey)
  if (task.pending) askTask(run, task.key, ownerKey, task.pending)
}

/** Refuses what a task listener answered when it cannot be; asked before its job is completed (SPEC TL7, TL8). */
export function judgeTaskResult(run: Run, job: Job, { variables, result }: CommandValues['job.complete']): void {
  const refuse = (field: string) => new Rejection('BODY_INVALID', { field })
  if (Object.keys(variables).length > 0) throw refuse('variables')
  if (!result) return
  if (result.type !== 'userTask') throw refuse('result.type')
  const { pending } = taskOf(run, job.elementInstanceKey)
  if (result.denied && (pending?.event === 'creating' || pending?.event === 'canceling')) throw refuse('result.denied')
  const { priority, assignee, candidateGroups } = result.corrections
  if (priority !== undefined && !isPriority(priority)) throw refuse('result.corrections.priority')
  if (assignee !== undefined && pending?.event === 'creating' && pending.asked.assignee !== null)
    throw refuse('result.corrections.assignee')
  if (!areCandidates(run, job.elementInstanceKey, candidateGroups ?? []))
    throw refuse('result.corrections.candidateGroups')
}

/** What follows a task listener: the next one, what was asked, or nothing when it was denied. */
export function afterTaskListener(
  run: Run,
  { elementInstanceKey, listener }: Job,
  result: JobResult | undefined,
): void {
  const task = taskOf(run, elementInstanceKey)
  const { pending, elementId, key } = task
  invariant(pending !== undefined && listener !== null, 'TL1')
  if (result?.type === 'userTask' && result.denied) {
    const { event } = pending
    invariant(event !== 'creating' && event !== 'canceling', 'TL7')
    write(run, 'userTask.denied', key, { elementId, event, reason: result.deniedReason })
  } else if (!offer(run, task, listener.index + 1))
    takeEffect(run, key, elementInstanceKey, pending, pending.corrections)
}
