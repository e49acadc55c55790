import { Rejection } from '../../problem/problem.ts'
import type { Command } from '../../record/record.ts'
import { hasEnded, type Instance } from '../../state/state.ts'
import { elementOf, type Run, write } from '../run.ts'

/**
 * Holds the case where it stands (Camunda 8: "Process instance suspension", SPEC OP1). Refused with `STATE_CONFLICT` when
 * it is suspended already, or waits for its last listeners after it was cancelled.
 */
export function suspendProcessInstance(run: Run, { value: { reason } }: Command<'processInstance.suspend'>): void {
  const { key, status } = running(run)
  if (status !== 'active') throw new Rejection('STATE_CONFLICT', { state: status })
  if (elementOf(run, key).ending) throw new Rejection('STATE_CONFLICT', { state: 'canceling' })
  write(run, 'processInstance.suspended', key, { reason })
}

/** Lets a suspended case go on, first with what was held back (SPEC OP3). Refused with `STATE_CONFLICT` when it is not. */
export function resumeProcessInstance(run: Run, { value: { reason } }: Command<'processInstance.resume'>): void {
  const { key, status, held = [] } = running(run)
  if (status !== 'suspended') throw new Rejection('STATE_CONFLICT', { state: status })
  write(run, 'processInstance.resumed', key, { reason })
  for (const following of held) run.agenda.add(following)
  for (const scopeKey of run.state.joining) run.moved.add(scopeKey)
}

/** The case, which must not have ended. */
function running({ state: { instance } }: Run): Instance {
  if (!instance) throw new Rejection('NOT_FOUND', {})
  if (hasEnded(instance)) throw new Rejection('PROCESS_INSTANCE_ENDED', { status: instance.status })
  return instance
}
