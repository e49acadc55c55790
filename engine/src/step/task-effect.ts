import type { FactValues, Key, TaskCorrections } from '../record/record.ts'
import type { TaskAct } from '../state/state.ts'
import { thenComplete } from './agenda.ts'
import { afterEnding } from './ending.ts'
import { elementOf, invariant, type Run, write } from './run.ts'
import { propagate, setLocal } from './scope.ts'
import { candidatesOf, requestAct, taskListeners } from './task-listeners.ts'

type Created = FactValues['userTask.created']

/**
 * What was asked of a user task takes effect, with what its listeners corrected (Camunda 8: "Correcting user task data",
 * SPEC TL6). What the fact of the act does not tell of it, or of the corrections, is told by `userTask.corrected` before.
 */
export function takeEffect(
  run: Run,
  key: Key,
  ownerKey: Key,
  { event, asked }: TaskAct,
  corrections: TaskCorrections,
): void {
  if (event === 'creating') {
    create(run, key, ownerKey, correctedTask(run, ownerKey, asked, corrections), asked.assignee !== null)
    return
  }
  const task = run.state.tasks.get(key)
  invariant(task !== undefined, 'ST2', `user task ${key} is not there`)
  const { elementId, name } = task
  if (event === 'assigning') {
    const { assignee = asked.assignee, ...rest } = corrections
    correct(run, key, ownerKey, rest)
    if (assignee !== null) write(run, 'userTask.assigned', key, { elementId, assignee, previous: task.assignee })
    else write(run, 'userTask.unassigned', key, { elementId, previous: task.assignee ?? '' })
  } else if (event === 'updating') {
    const { dueAt = asked.dueAt, priority = asked.priority, ...rest } = corrections
    correct(run, key, ownerKey, { ...asked.changes, ...rest })
    write(run, 'userTask.updated', key, { elementId, dueAt, priority })
    if (asked.variables) (asked.local ? setLocal : propagate)(run, ownerKey, asked.variables)
  } else if (event === 'completing') {
    const { variables, formKey } = asked
    correct(run, key, ownerKey, corrections)
    write(run, 'userTask.completed', key, { elementId, name, variables, formKey })
    thenComplete(run, ownerKey, variables)
  } else {
    correct(run, key, ownerKey, corrections)
    write(run, 'userTask.canceled', key, { elementId, name })
    afterEnding(run, ownerKey)
  }
}

/** An assignee of the model is assigned after the creation where listeners stand before that (SPEC TL3). */
function create(run: Run, key: Key, ownerKey: Key, task: Created, isAssigned: boolean): void {
  const { elementId, assignee } = task
  const assigns = isAssigned && assignee !== null && taskListeners(run, ownerKey, 'assigning').length > 0
  write(run, 'userTask.created', key, assigns ? { ...task, assignee: null } : task)
  if (assigns) requestAct(run, key, ownerKey, { event: 'assigning', asked: { elementId, assignee } })
}

/** Tells what listeners corrected, when they did. */
function correct(run: Run, key: Key, ownerKey: Key, corrections: TaskCorrections): void {
  if (Object.keys(corrections).length === 0) return
  const { candidateGroups, ...others } = corrections
  const { elementId } = elementOf(run, ownerKey)
  const candidates = candidateGroups ? { candidates: candidatesOf(run, ownerKey, candidateGroups) } : {}
  write(run, 'userTask.corrected', key, { elementId, ...others, ...candidates })
}

function correctedTask(run: Run, ownerKey: Key, asked: Created, corrections: TaskCorrections): Created {
  if (Object.keys(corrections).length === 0) return asked
  const { candidateGroups, ...others } = corrections
  const candidates = candidateGroups ? candidatesOf(run, ownerKey, candidateGroups) : asked.candidates
  return { ...asked, ...others, candidates }
}
