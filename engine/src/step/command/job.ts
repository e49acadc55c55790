import { Fault } from '../../element/fault.ts'
import { next } from '../../lifecycle/next.ts'
import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import type { Job } from '../../state/state.ts'
import { followResult, judgeResult } from '../ad-hoc.ts'
import { thenComplete } from '../agenda.ts'
import { incident } from '../attempt.ts'
import { jobVariables } from '../job-variables.ts'
import { afterListener } from '../listener-end.ts'
import { elementOf, type Run, write } from '../run.ts'
import { settle } from '../terminate.ts'
import { catcherOf } from '../throw.ts'
import { triggerEvent } from '../trigger.ts'
import { afterTaskListener, judgeTaskResult } from '../user-task.ts'
import { notFound } from './find.ts'

/** What is judged before a job is completed, and what follows: it depends on what the job was for. */
interface Completion {
  /** Refuses an answer that cannot be taken. */
  readonly judge?: (run: Run, job: Job, value: Command<'job.complete'>['value']) => void
  readonly follow: (run: Run, job: Job, value: Command<'job.complete'>['value']) => void
}

const executionListener: Completion = { follow: (run, job, { variables }) => afterListener(run, job, variables) }

const taskListener: Completion = {
  judge: judgeTaskResult,
  follow: (run, job, { result }) => afterTaskListener(run, job, result),
}

const adHocSubProcess: Completion = {
  judge: (run, job, { result }) => judgeResult(run, job.elementInstanceKey, result),
  follow: (run, job, { variables, result }) => followResult(run, job.elementInstanceKey, variables, result),
}

const element: Completion = {
  follow: (run, job, { variables }) => thenComplete(run, job.elementInstanceKey, variables),
}

function completionOf(run: Run, { listener, elementInstanceKey }: Job): Completion {
  if (listener) return listener.kind === 'task' ? taskListener : executionListener
  return elementOf(run, elementInstanceKey).elementType === 'bpmn:AdHocSubProcess' ? adHocSubProcess : element
}

/**
 * A worker is done. What follows is said by what the job was for: a listener, an ad-hoc sub-process, or the element
 * itself, which completes with the variables (Camunda 8: "Complete job"). Refused with `NOT_FOUND`, `STATE_CONFLICT`, or
 * `BODY_INVALID` when what it decided cannot be.
 */
export function completeJob(run: Run, command: Command<'job.complete'>): void {
  const job = find(run, command, 'complete')
  const { judge, follow } = completionOf(run, job)
  judge?.(run, job, command.value)
  const { variables, notice, result } = command.value
  const { key, elementId, type } = job
  write(run, 'job.completed', key, {
    elementId,
    type,
    variables,
    ...(notice ? { notice } : {}),
    ...(result ? { result } : {}),
  })
  settleJob(run, job)
  follow(run, job, command.value)
}

/** A worker could not do it. With no retries left an operator must look: an incident, that says what the worker knows. */
export function failJob(run: Run, command: Command<'job.fail'>): void {
  const { retries, message, retryAt, fault } = command.value
  const job = find(run, command, retries >= 1 ? 'fail' : 'exhaust')
  const { key, elementId, type } = job
  const left = retries >= 1 ? Math.trunc(retries) : 0
  write(run, 'job.failed', key, { elementId, type, retries: left, message, retryAt })
  const { code, facts } = fault ?? { code: 'JOB_RETRIES_EXHAUSTED' as const, facts: { type, message } }
  if (left === 0) failed(run, job, new Fault(code, facts))
}

/**
 * A worker reports a BPMN error: the nearest error event catches it, else an incident (Zeebe: "Error events"). A
 * listener cannot (Zeebe: "Throwing a BPMN error … is not supported"): refused with `STATE_CONFLICT`.
 */
export function throwJobError(run: Run, command: Command<'job.throwError'>): void {
  const job = find(run, command, 'throwError')
  if (job.listener) throw new Rejection('STATE_CONFLICT', { state: `listener ${job.listener.event}` })
  const { errorCode, message, variables } = command.value
  const { key, elementId, elementInstanceKey, type } = job
  const catcher = catcherOf(run, elementInstanceKey, 'error', errorCode)
  write(run, 'job.errorThrown', key, { elementId, type, errorCode, message })
  if (catcher) triggerEvent(run, catcher.eventId, catcher.ownerKey, variables)
  else failed(run, job, new Fault('ERROR_NOT_CAUGHT', { errorCode, message }))
}

/** An operator must look at the job. It has one incident at most: that of before is past (SPEC JO11). */
function failed(run: Run, job: Job, fault: Fault): void {
  settleJob(run, job)
  incident(run, job.elementInstanceKey, fault, 'job', job.key)
}

/** A late answer settles what an operator was asked to look at. */
function settleJob(run: Run, { key, elementInstanceKey }: Job): void {
  settle(run, elementInstanceKey, (incident) => incident.jobKey === key)
}

/**
 * Says how often a job may still fail, and offers it again if it had no retries left; its incident is resolved by
 * whoever resolves it, or by an answer (Camunda 8: "Update job"; there the job waits for the incident). Refused with
 * `NOT_FOUND`, or `BODY_INVALID` for less than one.
 */
export function updateJobRetries(run: Run, command: Command<'job.updateRetries'>): void {
  const { retries } = command.value
  if (!Number.isSafeInteger(retries) || retries < 1) throw new Rejection('BODY_INVALID', { field: 'retries' })
  const job = find(run, command, 'retry')
  const { key, elementId, type } = job
  write(run, 'job.retriesUpdated', key, { elementId, type, retries, variables: jobVariables(run, job) })
}

function find(
  run: Run,
  command: Command<'job.complete' | 'job.fail' | 'job.throwError' | 'job.updateRetries'>,
  verb: string,
): Job {
  const job = run.state.jobs.get(command.key ?? 0)
  if (!job) throw notFound(run)
  if (next('job', job.status, verb) === null) throw new Rejection('STATE_CONFLICT', { state: job.status })
  return job
}
