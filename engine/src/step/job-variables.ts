import type { Variables } from '../record/json.ts'
import type { Job } from '../state/state.ts'
import { elementOf, nodeOf, type Run } from './run.ts'
import { visible } from './scope.ts'

/** What the worker of a job sees now: somebody may have corrected it meanwhile (Zeebe: variables at activation). */
export function jobVariables(run: Run, { elementInstanceKey: key, listener }: Job): Variables {
  const element = elementOf(run, key)
  return !listener && nodeOf(run, element).inputs.length > 0 ? { ...element.variables } : visible(run.state, key)
}
