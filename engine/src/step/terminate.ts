import type { Key } from '../record/record.ts'
import { elementOf, type Run, write } from './run.ts'

/** Terminates an element instance with all that is in it, innermost first (SPEC TE1). */
export function terminate(run: Run, key: Key): void {
  const element = elementOf(run, key)
  for (const child of [...element.children]) terminate(run, child)
  if (element.task !== null) {
    const task = run.state.tasks.get(element.task)
    if (task) write(run, 'userTask.canceled', task.key, { elementId: task.elementId, name: task.name })
  }
  if (element.job !== null) {
    const job = run.state.jobs.get(element.job)
    if (job && job.status !== 'errorThrown')
      write(run, 'job.canceled', job.key, { elementId: job.elementId, type: job.type })
  }
  closeOwned(run, key)
  if (element.scopeKey !== null)
    write(run, 'element.terminated', key, { elementId: element.elementId, scopeKey: element.scopeKey })
}

/** Cancels the timers and subscriptions of an element instance and resolves its incidents: it ends. */
export function closeOwned(run: Run, key: Key): void {
  closeEvents(run, key, () => true)
  const element = elementOf(run, key)
  for (const incidentKey of element.incidents) {
    const incident = run.state.incidents.get(incidentKey)
    if (incident) write(run, 'incident.resolved', incidentKey, { elementId: incident.elementId, code: incident.code })
  }
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
    const { elementId, messageName } = subscription
    write(run, 'messageSubscription.deleted', subscriptionKey, { elementId, messageName })
  }
}

/** Ends all else in the scope of an element instance: elements, waiting tokens, what was to be activated (SPEC TE2). */
export function endOthers(run: Run, key: Key): void {
  const { scopeKey, elementId } = elementOf(run, key)
  if (scopeKey !== null) emptyScope(run, scopeKey, elementId, key)
}

/** Ends everything in a scope except `spared`; `elementId` is what did it. */
export function emptyScope(run: Run, scopeKey: Key, elementId: string, spared: Key | null): void {
  const scope = elementOf(run, scopeKey)
  const ended = [...scope.children].filter((child) => child !== spared)
  const waiting = (run.queued.get(scopeKey) ?? 0) + scope.joins.length
  for (const child of ended) if (run.state.elements.has(child)) terminate(run, child)
  for (let i = run.queue.length - 1; i >= 0; i--) if (run.queue[i]?.scopeKey === scopeKey) run.queue.splice(i, 1)
  run.queued.delete(scopeKey)
  if (ended.length + waiting > 0) write(run, 'scope.interrupted', scopeKey, { elementId })
}
