import { Rejection } from '../../problem/problem.ts'
import { hasEnded } from '../../state/state.ts'
import type { Run } from '../run.ts'

/** Why something a command names is not there: the case has ended, or there never was such a thing (or no more). */
export function notFound(run: Run): Rejection {
  const { instance } = run.state
  if (instance && hasEnded(instance)) return new Rejection('PROCESS_INSTANCE_ENDED', { status: instance.status })
  return new Rejection('NOT_FOUND', {})
}
