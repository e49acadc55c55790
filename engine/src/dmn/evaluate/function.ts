import type { Parameter } from '../boxed.ts'
import type { Knowledge } from '../decision.ts'
import { type FeelFunction, makeFunction, type Scope, type Value } from '../feel.ts'
import { emptyScope, LocalScope } from './scope.ts'
import { limits, type Session } from './session.ts'

/** Names of functions in front of a scope (DMN 1.5 §7.3.2: knowledge that is required is in scope by its name). */
export function withKnowledge(outer: Scope, knowledge: readonly Knowledge[], session: Session): Scope {
  if (knowledge.length === 0) return outer
  const made = new Map<string, Value>()
  const named = (name: string) => knowledge.find((one) => one.name === name || one.id === name)
  return {
    get(name) {
      const known = made.get(name)
      if (known !== undefined) return known
      const found = named(name)
      if (found === undefined) return outer.get(name)
      const value = knowledgeFunction(found, session)
      made.set(name, value)
      return value
    },
    // A function is no input.
    isLocal: (name) => named(name) !== undefined || outer.isLocal(name),
  }
}

/** A business knowledge model or decision service as a function. It sees its parameters and what it requires, no more. */
const knowledgeFunction = ({ body, knowledge, name, parameters, type }: Knowledge, session: Session) =>
  functionOf(parameters, session, (values) => {
    const scope = new LocalScope(withKnowledge(emptyScope, knowledge, session), values)
    return session.fit(session.evaluate(body, scope), type, name)
  })

/** A function of the model: its arguments are held against the types of its parameters; a missing one is null. */
export function functionOf(
  parameters: readonly Parameter[],
  session: Session,
  body: (values: readonly (readonly [string, Value])[]) => Value,
): FeelFunction {
  return makeFunction(
    parameters.map(({ name }) => name),
    (args) => {
      session.spend(limits.call)
      return body(parameters.map(({ name, type }, i) => [name, session.fit(args[i] ?? null, type, name)] as const))
    },
  )
}
