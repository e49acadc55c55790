import { type AnyStateMachine, transition } from 'xstate'
import { compensationSubscriptionMachine } from './compensation-subscription.machine.ts'
import { elementInstanceMachine } from './element-instance.machine.ts'
import { incidentMachine } from './incident.machine.ts'
import { jobMachine } from './job.machine.ts'
import { processInstanceMachine } from './process-instance.machine.ts'
import { subscriptionMachine } from './subscription.machine.ts'
import { timerMachine } from './timer.machine.ts'
import { userTaskMachine } from './user-task.machine.ts'

/** Every lifecycle by the noun it is about. */
export const lifecycles = {
  processInstance: processInstanceMachine,
  elementInstance: elementInstanceMachine,
  userTask: userTaskMachine,
  timer: timerMachine,
  job: jobMachine,
  incident: incidentMachine,
  subscription: subscriptionMachine,
  compensationSubscription: compensationSubscriptionMachine,
} as const satisfies { readonly [noun: string]: AnyStateMachine }
export type Lifecycle = keyof typeof lifecycles

/** Answers by lifecycle, state and verb. */
const known = new Map<Lifecycle, Map<string, Map<string, string | null>>>()

/**
 * Where a lifecycle goes from `state` on `verb`; null when that move is illegal. The machines have no context, so an
 * answer never changes and is kept.
 */
export function next(lifecycle: Lifecycle, state: string, verb: string): string | null {
  const answer = known.get(lifecycle)?.get(state)?.get(verb)
  if (answer !== undefined) return answer
  const asked = ask(lifecycles[lifecycle], state, verb)
  const ofLifecycle = known.get(lifecycle) ?? new Map<string, Map<string, string | null>>()
  const ofState = ofLifecycle.get(state) ?? new Map<string, string | null>()
  known.set(lifecycle, ofLifecycle.set(state, ofState.set(verb, asked)))
  return asked
}

function ask(machine: AnyStateMachine, state: string, verb: string): string | null {
  const snapshot = machine.resolveState({ value: state, context: {} })
  if (!snapshot.can({ type: verb })) return null
  const [after] = transition(machine, snapshot, { type: verb })
  return String(after.value)
}
