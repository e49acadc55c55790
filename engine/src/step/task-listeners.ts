import { parseCandidates } from '../element/candidate.ts'
import { Fault } from '../element/fault.ts'
import type { JobSpec } from '../model/definition.ts'
import type { Candidate, FactKind, FactValues, Key, TaskCorrections } from '../record/record.ts'
import type { TaskAct, UserTask } from '../state/state.ts'
import { attempt } from './attempt.ts'
import { Draft } from './draft.ts'
import { elementOf, invariant, nodeOf, type Run, write } from './run.ts'
import { listenerHeaders } from './task-headers.ts'

/** Listeners of an event at the user task of an element instance, in the order of the file. */
export function taskListeners(run: Run, ownerKey: Key, event: TaskAct['event']): readonly JobSpec[] {
  const node = nodeOf(run, elementOf(run, ownerKey))
  return node.type === 'bpmn:UserTask' ? (node.own.listeners[event] ?? []) : []
}

/** Notes what is asked of a user task with listeners for it, and offers the first of them. */
export function requestAct(run: Run, taskKey: Key, ownerKey: Key, act: TaskAct): void {
  write(run, `userTask.${act.event}`, taskKey, act.asked as FactValues[FactKind & `userTask.${typeof act.event}`])
  offer(run, taskOf(run, ownerKey), 0)
}

/** Offers the task listener at `index`; gives false when there is none (any more). */
export function offer(run: Run, task: UserTask, index: number): boolean {
  const { pending, elementInstanceKey } = task
  invariant(pending !== undefined, 'TL1')
  const { event } = pending
  const listener = taskListeners(run, elementInstanceKey, event)[index]
  if (!listener) return false
  attempt(run, elementInstanceKey, 'task', (draft) =>
    draft.createJob(listener, listenerHeaders(run, task), { kind: 'task', event, index }),
  )
  return true
}

/**
 * The roles a system names, in the units of the case: by level as a model does, or by the id of the unit as tasks are
 * shown to systems (SPEC UT4). Throws `Fault`.
 */
export function candidatesOf(
  run: Run,
  ownerKey: Key,
  groups: NonNullable<TaskCorrections['candidateGroups']>,
): readonly Candidate[] {
  const draft = new Draft(run, ownerKey)
  const units = run.state.instance?.units ?? []
  return groups.flatMap(parseCandidates).flatMap((candidate) => {
    const { role, level } = candidate
    const unit = units.some((one) => one.level === level) ? undefined : units.find(({ id }) => id === level)
    return unit ? [{ role, unitId: unit.id }] : draft.resolve([candidate])
  })
}

/** Whether groups can be read and found from where the task stands. */
export function areCandidates(run: Run, ownerKey: Key, groups: readonly string[]): boolean {
  try {
    candidatesOf(run, ownerKey, groups)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** The user task of an element instance that has one. */
export function taskOf(run: Run, ownerKey: Key): UserTask {
  const task = run.state.tasks.get(elementOf(run, ownerKey).task ?? 0)
  invariant(task !== undefined, 'ST2', `element instance ${ownerKey} has no task`)
  return task
}
