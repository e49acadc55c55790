import type { Decision, InputData } from '../decision.ts'
import { briefJson, type Scope, type Value } from '../feel.ts'
import { withKnowledge } from './function.ts'
import { scopeOver } from './scope.ts'
import type { Session } from './session.ts'

interface Result {
  readonly value: Value
  readonly rules: readonly string[]
}

/**
 * Decisions evaluated over one set of inputs, each once (DMN 1.5 §7.3.2). What a decision requires is evaluated first,
 * in the order of the file, and shadows names of the case.
 */
export class Graph {
  readonly #scope: Scope
  readonly #session: Session
  readonly #done = new Map<string, Result>()
  readonly #data = new Map<string, Value>()

  /** @param given results that are handed in instead of being evaluated */
  constructor(scope: Scope, session: Session, given: readonly (readonly [Decision, Value])[] = []) {
    this.#scope = scope
    this.#session = session
    for (const [decision, value] of given) this.#done.set(decision.id, { value, rules: [] })
  }

  /** The result of a decision; `asked` leaves it out of the steps, which are those of what it requires. */
  result(decision: Decision, asked = false): Result {
    const known = this.#done.get(decision.id)
    if (known) return known
    const session = this.#session
    // A service says itself which of its decisions are evaluated.
    const isService = decision.logic.kind === 'service'
    if (!isService) for (const required of decision.requires) this.result(required)
    const scope = isService ? this.#scope : this.#scopeOf(decision)
    const result = session.decide(decision.id, () =>
      session.fit(session.evaluate(decision.logic, scope), decision.type, decision.resultName),
    )
    this.#done.set(decision.id, result)
    if (!asked) session.took({ decisionId: decision.id, rules: result.rules, value: briefJson(result.value) })
    return result
  }

  #scopeOf(decision: Decision): Scope {
    const functions = withKnowledge(this.#scope, decision.knowledge, this.#session)
    return scopeOver(functions, (name) => {
      const required = decision.requires.find((one) => one.resultName === name || one.id === name || one.name === name)
      if (required) return this.#done.get(required.id)?.value
      const data = decision.data.find((one) => one.name === name)
      return data && this.#dataOf(data)
    })
  }

  #dataOf(data: InputData): Value | undefined {
    const known = this.#data.get(data.id)
    if (known !== undefined) return known
    const found = this.#scope.get(data.name)
    if (found === undefined) return undefined
    const value = this.#session.fit(found, data.type, data.name)
    this.#data.set(data.id, value)
    return value
  }
}
