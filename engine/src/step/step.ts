import type { DefinitionBundle } from '../model/definition.ts'
import { isInstant } from '../model/time.ts'
import { Rejection } from '../problem/problem.ts'
import type { Command, CommandKind, Fact, Following, Key } from '../record/record.ts'
import { hasEnded, type State } from '../state/state.ts'
import { thenEndScope } from './agenda.ts'
import { activateAdHoc } from './command/ad-hoc.ts'
import { correlateMessage, triggerSignal, triggerTimer } from './command/event.ts'
import { completeJob, failJob, throwJobError, updateJobRetries } from './command/job.ts'
import { migrateProcessInstance } from './command/migrate.ts'
import { modifyProcessInstance } from './command/modify.ts'
import { continueMultiInstance, resolveIncident, setVariables } from './command/operate.ts'
import { cancelProcessInstance, createProcessInstance } from './command/process-instance.ts'
import { resumeProcessInstance, suspendProcessInstance } from './command/suspension.ts'
import { assignUserTask, completeUserTask, unassignUserTask, updateUserTask } from './command/user-task.ts'
import { lookAt, lookAtConditions } from './conditions.ts'
import { afterEnding } from './ending.ts'
import { activateElement, enterInTime } from './enter.ts'
import { activateInclusiveJoin } from './inclusive-join.ts'
import { causesOf, isFull, joins } from './join.ts'
import { completeElement, endScopeWhenDone, leave } from './leave.ts'
import { newRun } from './new-run.ts'
import { elementOf, nodeBeside, type Run } from './run.ts'
import { holdBack, judgeSuspension } from './suspension.ts'

/** What a command led to: facts that are applied already, or the reason it was refused, and then no facts. */
export interface StepResult {
  readonly facts: readonly Fact[]
  readonly rejection: Rejection | null
}

type Handler<K extends CommandKind> = (run: Run, command: Command<K>) => void

const handlers: { readonly [K in CommandKind]: Handler<K> } = {
  'processInstance.create': createProcessInstance,
  'processInstance.cancel': cancelProcessInstance,
  'processInstance.suspend': suspendProcessInstance,
  'processInstance.resume': resumeProcessInstance,
  'processInstance.modify': modifyProcessInstance,
  'processInstance.migrate': migrateProcessInstance,
  'userTask.assign': assignUserTask,
  'userTask.unassign': unassignUserTask,
  'userTask.complete': completeUserTask,
  'userTask.update': updateUserTask,
  'timer.trigger': triggerTimer,
  'message.correlate': correlateMessage,
  'signal.trigger': triggerSignal,
  'job.complete': completeJob,
  'job.fail': failJob,
  'job.throwError': throwJobError,
  'job.updateRetries': updateJobRetries,
  'incident.resolve': resolveIncident,
  'variables.set': setVariables,
  'adHocSubProcess.activate': activateAdHoc,
  'multiInstance.continue': continueMultiInstance,
}

/**
 * The one law (design §2): decides what a command leads to, applying each fact to `state` as it is written, until
 * nothing is left to do. A refused command has changed nothing: handlers judge before their first write. Time, actor
 * and keys come from the command and the state alone, so the same input always gives the same facts.
 */
export function step(bundle: DefinitionBundle, state: State, command: Command): StepResult {
  const field = unfit(command)
  if (field) return { facts: [], rejection: new Rejection('BODY_INVALID', { field }) }
  const run = newRun(bundle, state, command.at)
  try {
    judgeSuspension(state, command.kind)
    ;(handlers[command.kind] as Handler<CommandKind>)(run, command)
  } catch (error) {
    if (!(error instanceof Rejection) || run.facts.length > 0) throw error
    return { facts: [], rejection: error }
  }
  if (state.instance?.status === 'suspended') holdBack(run, state.instance)
  else work(run)
  return { facts: run.facts, rejection: null }
}

/** What is wrong with a command before anything is asked of it: its kind is none, or its time is. */
function unfit({ kind, at }: Command): 'kind' | 'at' | null {
  if (!Object.hasOwn(handlers, kind)) return 'kind'
  return isInstant(at) ? null : 'at'
}

/**
 * Goes on until nothing is left to do: before each activation the conditions whose variables have changed, and when
 * nothing is left to activate the joins that no token can reach now.
 */
function work(run: Run): void {
  for (let more = true; more; ) {
    run.agenda.work(run, follow)
    const looked = lookAtConditions(run)
    if (looked) run.agenda.work(run, follow)
    more = activateNext(run) || looked || activateInclusiveJoin(run)
  }
}

/** A scope that is ending does what it was ended for; any other is done when nothing is left in it. */
function endScope(run: Run, key: Key): void {
  // The process of a case that has ended is still there.
  if (run.state.instance && hasEnded(run.state.instance)) return
  if (elementOf(run, key).ending) afterEnding(run, key)
  else endScopeWhenDone(run, key)
}

function follow(run: Run, following: Following): void {
  const { key } = following
  if (following.go === 'look') lookAt(run, key)
  // What something before it has ended is passed over.
  else if (!run.state.elements.has(key)) return
  else if (following.go === 'enter') enterInTime(run, key)
  else if (following.go === 'leave') leave(run, key)
  else if (following.go === 'endScope') endScope(run, key)
  else completeElement(run, key, following.variables, following.take)
}

/** Activates what was queued first; gives whether there was something. */
function activateNext(run: Run): boolean {
  const activation = run.queue.shift()
  if (!activation) return false
  const { nodeId, scopeKey } = activation
  const left = (run.queued.get(scopeKey) ?? 1) - 1
  if (left > 0) run.queued.set(scopeKey, left)
  else run.queued.delete(scopeKey)
  const scope = run.state.elements.get(scopeKey)
  if (!scope || scope.ending) return true
  const node = nodeBeside(run, scope, nodeId)
  if (!joins(node)) activateElement(run, activation)
  else if (isFull(run.state, node, scopeKey))
    activateElement(run, { ...activation, causes: causesOf(run.state, node, scopeKey) })
  else thenEndScope(run, scopeKey)
  return true
}
