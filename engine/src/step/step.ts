import type { DefinitionBundle } from '../model/definition.ts'
import { Rejection } from '../problem/problem.ts'
import type { Command, CommandKind, Fact } from '../record/record.ts'
import type { State } from '../state/state.ts'
import { correlateMessage, triggerTimer } from './command/event.ts'
import { completeJob, failJob, throwJobError } from './command/job.ts'
import { continueMultiInstance, resolveIncident, setVariables } from './command/operate.ts'
import { cancelProcessInstance, createProcessInstance } from './command/process-instance.ts'
import { assignUserTask, completeUserTask, unassignUserTask, updateUserTask } from './command/user-task.ts'
import { activateElement } from './enter.ts'
import { causesOf, isFull, joins } from './join.ts'
import { endScopeWhenDone } from './leave.ts'
import { nodeOf, type Run } from './run.ts'

/** What a command led to: facts that are applied already, or the reason it was refused, and then no facts. */
export interface StepResult {
  readonly facts: readonly Fact[]
  readonly rejection: Rejection | null
}

type Handler<K extends CommandKind> = (run: Run, command: Command<K>) => void

const handlers: { readonly [K in CommandKind]: Handler<K> } = {
  'processInstance.create': createProcessInstance,
  'processInstance.cancel': cancelProcessInstance,
  'userTask.assign': assignUserTask,
  'userTask.unassign': unassignUserTask,
  'userTask.complete': completeUserTask,
  'userTask.update': updateUserTask,
  'timer.trigger': triggerTimer,
  'message.correlate': correlateMessage,
  'job.complete': completeJob,
  'job.fail': failJob,
  'job.throwError': throwJobError,
  'incident.resolve': resolveIncident,
  'variables.set': setVariables,
  'multiInstance.continue': continueMultiInstance,
}

/**
 * The one law (design §2): decides what a command leads to, applying each fact to `state` as it is written, until
 * nothing is left to do. A refused command has changed nothing: handlers judge before their first write. Time, actor
 * and keys come from the command and the state alone, so the same input always gives the same facts.
 */
export function step(bundle: DefinitionBundle, state: State, command: Command): StepResult {
  const run: Run = {
    bundle,
    state,
    at: command.at,
    facts: [],
    queue: [],
    queued: new Map(),
    activations: 0,
    lastKey: state.lastKey,
    caseValue: null,
  }
  try {
    ;(handlers[command.kind] as Handler<CommandKind>)(run, command)
  } catch (error) {
    if (!(error instanceof Rejection) || run.facts.length > 0) throw error
    return { facts: [], rejection: error }
  }
  work(run)
  return { facts: run.facts, rejection: null }
}

/** Works off what is to be activated, first in, first out. */
function work(run: Run): void {
  for (let activation = run.queue.shift(); activation; activation = run.queue.shift()) {
    const { nodeId, scopeKey } = activation
    const left = (run.queued.get(scopeKey) ?? 1) - 1
    if (left > 0) run.queued.set(scopeKey, left)
    else run.queued.delete(scopeKey)
    if (!run.state.elements.has(scopeKey)) continue
    const node = nodeOf(run, nodeId)
    if (!joins(node)) activateElement(run, activation)
    else if (isFull(run.state, node, scopeKey))
      activateElement(run, { ...activation, causes: causesOf(run.state, node, scopeKey) })
    else endScopeWhenDone(run, scopeKey)
  }
}
