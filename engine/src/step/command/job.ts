import { Fault } from '../../element/fault.ts'
import { next } from '../../lifecycle/next.ts'
import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import type { Job } from '../../state/state.ts'
import { incident } from '../attempt.ts'
import { completeElement } from '../leave.ts'
import { type Run, write } from '../run.ts'
import { catcherOf } from '../throw-error.ts'
import { triggerEvent } from '../trigger.ts'
import { notFound } from './find.ts'

export function completeJob(run: Run, command: Command<'job.complete'>): void {
  const job = find(run, command, 'complete')
  const { variables, notice } = command.value
  const { elementId, type } = job
  write(run, 'job.completed', job.key, { elementId, type, variables, ...(notice ? { notice } : {}) })
  completeElement(run, job.elementInstanceKey, variables)
}

/** A worker could not do it. With no retries left an operator must look: an incident. */
export function failJob(run: Run, command: Command<'job.fail'>): void {
  const { retries, message, retryAt } = command.value
  const job = find(run, command, retries >= 1 ? 'fail' : 'exhaust')
  const { key, elementId, elementInstanceKey, type } = job
  const left = retries >= 1 ? Math.trunc(retries) : 0
  write(run, 'job.failed', key, { elementId, type, retries: left, message, retryAt })
  if (left === 0) incident(run, elementInstanceKey, new Fault('JOB_RETRIES_EXHAUSTED', { type, message }), 'job', key)
}

/** A worker reports a BPMN error: the nearest error event catches it, else an incident (Zeebe: "Error events"). */
export function throwJobError(run: Run, command: Command<'job.throwError'>): void {
  const job = find(run, command, 'throwError')
  const { errorCode, message, variables } = command.value
  const { key, elementId, elementInstanceKey, type } = job
  const catcher = catcherOf(run, elementInstanceKey, errorCode)
  write(run, 'job.errorThrown', key, { elementId, type, errorCode, message })
  if (catcher) triggerEvent(run, catcher.eventId, catcher.ownerKey, variables)
  else incident(run, elementInstanceKey, new Fault('ERROR_NOT_CAUGHT', { errorCode, message }), 'job', key)
}

function find(run: Run, command: Command<'job.complete' | 'job.fail' | 'job.throwError'>, verb: string): Job {
  const job = run.state.jobs.get(command.key ?? 0)
  if (!job) throw notFound(run)
  if (next('job', job.status, verb) === null) throw new Rejection('STATE_CONFLICT', { found: job.status })
  return job
}
