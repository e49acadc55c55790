import type { Decision, DecisionOutcome } from '../decision.ts'
import { type FeelContext, FeelFailure, type Surroundings, toJson } from '../feel.ts'
import { Graph } from './graph.ts'
import { evaluateLogic } from './logic.ts'
import { caseScope } from './scope.ts'
import { Session } from './session.ts'

/**
 * Evaluates a decision or decision service with what it requires (DMN 1.5 §6.3, §7.3, §8.2). Pure, and within a budget
 * over all of it. Never throws: what goes wrong is `{ ok: false, message }`.
 *
 * @param at the time of the command, which `now()` and `today()` tell, or all that surrounds it
 */
export function evaluateDecision(decision: Decision, context: FeelContext, at: number | Surroundings): DecisionOutcome {
  const session = new Session(at, evaluateLogic)
  try {
    const { value, rules } = new Graph(caseScope(context), session).result(decision, true)
    const { inputs, steps, misfits } = session
    return { ok: true, value: toJson(value), rules, inputs, steps, misfits }
  } catch (error) {
    const { inputs } = session
    if (error instanceof FeelFailure) return { ok: false, message: error.message, inputs }
    if (error instanceof RangeError) return { ok: false, message: `decision ${decision.id} goes too deep`, inputs }
    throw error
  }
}
