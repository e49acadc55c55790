import type { Variables } from '../record/json.ts'
import type { Job } from '../state/state.ts'
import { work } from './enter.ts'
import { end, outwards } from './leave.ts'
import { listen } from './listeners.ts'
import { elementOf, invariant, type Run } from './run.ts'
import { propagate, setLocal } from './scope.ts'

/**
 * What follows an execution listener: the next one, or what it stood in front of. Variables of a start listener are the
 * element's own; those of an end listener go outwards as outputs do (Zeebe: "Variables in an execution listener", SPEC
 * EL3, EL4).
 */
export function afterListener(run: Run, { listener, elementInstanceKey: key }: Job, variables: Variables): void {
  invariant(listener?.event === 'start' || listener?.event === 'end', 'EL1')
  const { event, index } = listener
  if (event === 'start') setLocal(run, key, variables)
  else propagate(run, outwards(elementOf(run, key)), variables)
  if (listen(run, key, event, index + 1)) return
  if (event === 'start') work(run, key)
  else end(run, key)
}
