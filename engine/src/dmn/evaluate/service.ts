import type { DecisionService } from '../decision.ts'
import type { Scope, Value } from '../feel.ts'
import { shapeOf } from '../hit-policy/hit-policy.ts'
import { Graph } from './graph.ts'
import type { Session } from './session.ts'

/**
 * Evaluates a decision service (DMN 1.5 §6.3.10). Input decisions are not evaluated: their results are read by name, of
 * the case when the service is asked by its id, of its arguments when it is called.
 */
export function decisionService(service: DecisionService, scope: Scope, session: Session): Value {
  const given = service.given.map((decision) => {
    const found = scope.get(decision.resultName) ?? scope.get(decision.id) ?? null
    return [decision, session.fit(found, decision.type, decision.resultName)] as const
  })
  const graph = new Graph(scope, session, given)
  const values = service.outputs.map((decision) => graph.result(decision).value)
  return shapeOf(
    service.outputs.map(({ resultName }) => ({ name: resultName })),
    values,
  )
}
