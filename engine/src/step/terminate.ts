import type { Afterwards, Key } from '../record/record.ts'
import type { ElementInstance, Incident } from '../state/state.ts'
import { elementOf, invariant, nodeBeside, type Run, write } from './run.ts'
import { requestAct, taskListeners } from './task-listeners.ts'
import { abandonUndoing, forgetToUndo } from './undo.ts'

type Boundary = Extract<Afterwards, { kind: 'terminate' }>['boundary']

/**
 * Terminates an element instance with all that is in it, innermost first (SPEC TE1). Gives false while listeners of user
 * tasks in it have to be heard first: it goes on when they are, then with the boundary event (SPEC TL10, TL11).
 */
export function terminate(run: Run, key: Key, boundary: Boundary = null): boolean {
  for (const part of innermostFirst(run, key)) terminateEmptied(run, part, part === key ? boundary : null)
  return !run.state.elements.has(key)
}

/**
 * The same at once: user tasks in it are canceled unheard (Camunda 8: terminating a user task by a modification does not
 * trigger its canceling listeners), also where they are heard already.
 */
export function terminateAtOnce(run: Run, key: Key): void {
  for (const part of innermostFirst(run, key)) {
    const element = elementOf(run, part)
    const task = run.state.tasks.get(element.task ?? 0)
    cancelJob(run, part)
    closeOwned(run, part)
    if (task) write(run, 'userTask.canceled', task.key, { elementId: task.elementId, name: task.name })
    forgetToUndo(run, part)
    writeTerminated(run, element)
  }
}

/** An element instance and all that is in it. Calls and scopes may be nested deeper than a stack. */
function innermostFirst(run: Run, key: Key): readonly Key[] {
  const parts: Key[] = []
  const open = [key]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    parts.push(part)
    for (const child of elementOf(run, part).children) open.push(child)
  }
  return parts.reverse()
}

/** Terminates an element instance after what was in it, unless some of that is held. */
function terminateEmptied(run: Run, key: Key, boundary: Boundary): void {
  const element = elementOf(run, key)
  cancelTask(run, element)
  const isHeld = element.children.size > 0 || element.task !== null
  if (element.task === null) {
    cancelJob(run, key)
    closeOwned(run, key)
  }
  forgetToUndo(run, key)
  if (isHeld) endAfter(run, key, { kind: 'terminate', boundary })
  else writeTerminated(run, element)
}

/** Writes that an element instance in which nothing is left is terminated; what it was undoing is waited for no more. */
export function writeTerminated(run: Run, { key, elementId, scopeKey }: ElementInstance): void {
  invariant(scopeKey !== null, 'TE1')
  abandonUndoing(run, key)
  write(run, 'element.terminated', key, { elementId, scopeKey })
}

/** Lets an element instance wait for what is being canceled in it; `then` says what comes then. */
export function endAfter(run: Run, key: Key, then: Afterwards): void {
  write(run, 'element.ending', key, { elementId: elementOf(run, key).elementId, then })
}

/** Cancels the user task of an element instance: at once, or when its listeners are done. */
function cancelTask(run: Run, { key, task: taskKey }: ElementInstance): void {
  const task = run.state.tasks.get(taskKey ?? 0)
  if (!task || task.pending?.event === 'canceling') return
  const { elementId, name } = task
  if (taskListeners(run, key, 'canceling').length === 0) {
    write(run, 'userTask.canceled', task.key, { elementId, name })
    return
  }
  cancelJob(run, key)
  closeOwned(run, key)
  requestAct(run, task.key, key, { event: 'canceling', asked: { elementId } })
}

/** Takes back the job of an element instance, when it has one that is open. */
export function cancelJob(run: Run, key: Key): void {
  const job = run.state.jobs.get(elementOf(run, key).job ?? 0)
  if (job && job.status !== 'errorThrown')
    write(run, 'job.canceled', job.key, { elementId: job.elementId, type: job.type })
}

/**
 * Takes back the job that asks the worker of an ad-hoc sub-process, whatever became of it, and what an operator was asked
 * to look at because of it.
 */
export function takeBackJob(run: Run, key: Key): void {
  settle(run, key, ({ retry }) => retry === 'job' || retry === 'activate')
  const job = run.state.jobs.get(elementOf(run, key).job ?? 0)
  if (job) write(run, 'job.canceled', job.key, { elementId: job.elementId, type: job.type })
}

/** Cancels the timers and subscriptions of an element instance and resolves its incidents: it ends. */
export function closeOwned(run: Run, key: Key): void {
  closeEvents(run, key, () => true)
  settle(run, key, () => true)
}

/** Cancels those timers and subscriptions of an element instance whose event is chosen. */
export function closeEvents(run: Run, key: Key, chosen: (elementId: string) => boolean): void {
  const element = elementOf(run, key)
  for (const timerKey of element.timers) {
    const timer = run.state.timers.get(timerKey)
    if (timer && chosen(timer.elementId)) write(run, 'timer.canceled', timerKey, { elementId: timer.elementId })
  }
  for (const subscriptionKey of element.subscriptions) {
    const subscription = run.state.subscriptions.get(subscriptionKey)
    if (!subscription || !chosen(subscription.elementId)) continue
    const { elementId } = subscription
    if (subscription.kind === 'message')
      write(run, 'messageSubscription.deleted', subscriptionKey, { elementId, messageName: subscription.messageName })
    else if (subscription.kind === 'signal')
      write(run, 'signalSubscription.deleted', subscriptionKey, { elementId, signalName: subscription.signalName })
    else {
      settle(run, key, (incident) => incident.subscriptionKey === subscriptionKey)
      write(run, 'conditionalSubscription.deleted', subscriptionKey, { elementId })
    }
  }
}

/** Resolves those incidents of an element instance that are chosen: what they ask to look at is past. */
export function settle(run: Run, key: Key, chosen: (incident: Incident) => boolean): void {
  for (const incidentKey of elementOf(run, key).incidents) {
    const incident = run.state.incidents.get(incidentKey)
    if (incident && chosen(incident))
      write(run, 'incident.resolved', incidentKey, { elementId: incident.elementId, code: incident.code })
  }
}

/**
 * Ends all else in the scope of an element instance: elements, waiting tokens, what was to be activated (SPEC TE2). While
 * listeners of user tasks in it are heard no event sub-process begins in it (SPEC TL11).
 */
export function endOthers(run: Run, key: Key): void {
  const { scopeKey, elementId } = elementOf(run, key)
  if (scopeKey === null) return
  emptyScope(run, scopeKey, elementId, key)
  if (elementOf(run, scopeKey).children.size > 1) closeEventSubProcesses(run, scopeKey)
}

/** Cancels what the event sub-processes of a scope wait for. */
export function closeEventSubProcesses(run: Run, scopeKey: Key): void {
  const scope = elementOf(run, scopeKey)
  closeEvents(run, scopeKey, (elementId) => nodeBeside(run, scope, elementId).type === 'bpmn:StartEvent')
}

/** Ends everything in a scope except `spared`; `elementId` is what did it. */
export function emptyScope(run: Run, scopeKey: Key, elementId: string, spared: Key | null): void {
  const scope = elementOf(run, scopeKey)
  const ended = [...scope.children].filter((child) => child !== spared)
  const waiting = (run.queued.get(scopeKey) ?? 0) + scope.joins.length
  for (const child of ended) if (run.state.elements.has(child)) terminate(run, child)
  for (let i = run.queue.length - 1; i >= 0; i--) if (run.queue[i]?.scopeKey === scopeKey) run.queue.splice(i, 1)
  run.queued.delete(scopeKey)
  if (scope.adHoc) takeBackJob(run, scopeKey)
  // An ad-hoc sub-process in which nothing runs must still know that it ends with what interrupted it.
  if (ended.length + waiting > 0 || scope.adHoc) write(run, 'scope.interrupted', scopeKey, { elementId })
}
