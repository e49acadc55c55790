import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import { hasEnded } from '../../state/state.ts'
import { enter } from '../enter.ts'
import { jobVariables } from '../job-variables.ts'
import { leaveAgain } from '../leave.ts'
import { BATCH, createNext } from '../multi-instance.ts'
import { elementOf, type Run, write } from '../run.ts'
import { propagate, setLocal } from '../scope.ts'
import { suspended } from '../suspension.ts'
import { requestAct, taskListeners } from '../task-listeners.ts'
import { askAgain } from '../user-task.ts'
import { notFound } from './find.ts'

/** Resolves an incident: what failed is done again, as the incident says (SPEC IN3). */
export function resolveIncident(run: Run, command: Command<'incident.resolve'>): void {
  const incident = run.state.incidents.get(command.key ?? 0)
  if (!incident) throw notFound(run)
  const { key, elementId, elementInstanceKey, code, jobKey, retry } = incident
  write(run, 'incident.resolved', key, { elementId, code })
  if (retry === 'activate') enter(run, elementInstanceKey)
  else if (retry === 'complete') leaveAgain(run, elementInstanceKey)
  else if (retry === 'condition') run.armed.push(incident.subscriptionKey ?? 0)
  else if (retry === 'task') askAgain(run, elementInstanceKey)
  else {
    const job = run.state.jobs.get(jobKey ?? 0)
    if (!job) return
    const { type, initialRetries: retries } = job
    const variables = jobVariables(run, job)
    write(run, 'job.retriesUpdated', job.key, { elementId, type, retries, variables })
  }
}

/** Sets variables at a scope alone, or propagated from there (Camunda 8: update variables, `local`). */
export function setVariables(run: Run, command: Command<'variables.set'>): void {
  const { scopeKey, variables, local } = command.value
  const { instance, elements } = run.state
  if (!instance || hasEnded(instance) || !elements.has(scopeKey)) throw notFound(run)
  const { task: taskKey, incidents } = elementOf(run, scopeKey)
  const task = run.state.tasks.get(taskKey ?? 0)
  // Nobody works for it: what is set may be what lets it be judged (SPEC TL9).
  const isStuck = incidents.some((key) => run.state.incidents.get(key)?.retry === 'task')
  if (task && !isStuck && taskListeners(run, scopeKey, 'updating').length > 0) {
    // Camunda 8: variables set at a user task are an update of it, for which nobody works while the case is suspended.
    if (instance.status === 'suspended') throw suspended()
    if (task.pending) throw new Rejection('STATE_CONFLICT', { state: task.pending.event })
    const { elementId, dueAt, priority } = task
    requestAct(run, task.key, scopeKey, { event: 'updating', asked: { elementId, dueAt, priority, variables, local } })
  } else if (local) setLocal(run, scopeKey, variables)
  else propagate(run, scopeKey, variables)
}

/** Creates the next instances of a multi-instance that announced more. */
export function continueMultiInstance(run: Run, command: Command<'multiInstance.continue'>): void {
  const body = run.state.elements.get(command.key ?? 0)
  if (!body?.multi || body.ending || body.multi.created >= body.multi.items.length) throw notFound(run)
  createNext(run, body.key, BATCH)
}
