import type { Outcome } from '../element/element.ts'
import { Fault } from '../element/fault.ts'
import type { Key } from '../record/record.ts'
import { beginActivations } from './ad-hoc.ts'
import { thenComplete } from './agenda.ts'
import { incident } from './attempt.ts'
import { callProcess } from './call.ts'
import { compensate } from './compensate.ts'
import { elementOf, type Run, write } from './run.ts'
import { catcherOf } from './throw.ts'
import { triggerEvent } from './trigger.ts'
import { createTask } from './user-task.ts'

/** Does what an element asked for when it was activated. */
export function performOutcome(run: Run, key: Key, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'wait':
      return
    case 'complete':
      thenComplete(run, key, outcome.variables, outcome.take)
      return
    case 'throwError':
      throwError(run, key, outcome.errorCode)
      return
    case 'escalate':
      escalate(run, key, outcome.escalationCode)
      return
    case 'compensate':
      compensate(run, key, outcome.activityId)
      return
    case 'activate':
      beginActivations(run, key, outcome.elements)
      return
    case 'createTask':
      createTask(run, key, outcome.task)
      return
    case 'call':
      callProcess(run, key, outcome)
  }
}

/** An error nobody catches is an incident at the event that threw it; resolving it throws it again (SPEC ER3). */
function throwError(run: Run, key: Key, errorCode: string): void {
  const { elementId } = elementOf(run, key)
  const catcher = catcherOf(run, key, 'error', errorCode)
  if (!catcher) {
    incident(run, key, new Fault('ERROR_NOT_CAUGHT', { errorCode, message: '' }), 'activate', null)
    return
  }
  write(run, 'error.thrown', key, { elementId, errorCode, catcherId: catcher.eventId })
  triggerEvent(run, catcher.eventId, catcher.ownerKey, {})
}

/** An escalation nobody catches is noted and passes (SPEC ES2). */
function escalate(run: Run, key: Key, escalationCode: string): void {
  const { elementId } = elementOf(run, key)
  const catcher = catcherOf(run, key, 'escalation', escalationCode)
  write(run, 'escalation.thrown', key, { elementId, escalationCode, catcherId: catcher?.eventId ?? null })
  if (catcher) triggerEvent(run, catcher.eventId, catcher.ownerKey, {})
  if (run.state.elements.has(key)) thenComplete(run, key, {})
}
