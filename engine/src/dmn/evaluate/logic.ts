import type { Boxed, BoxedContext, BoxedInvocation, Logic, Relation } from '../boxed.ts'
import type { DecisionService } from '../decision.ts'
import { callFunction, isFunction, put, type Scope, type Value } from '../feel.ts'
import { decisionTable } from './decision-table.ts'
import { functionOf } from './function.ts'
import { filter, forEach, quantified } from './iteration.ts'
import { LocalScope } from './scope.ts'
import { decisionService } from './service.ts'
import type { Session } from './session.ts'

/** Evaluates what a decision or a function is made of (DMN 1.5 §10.2.2); the value conforms to its type, else it is null. */
export function evaluateLogic(logic: Logic | DecisionService, scope: Scope, session: Session): Value {
  if (logic.kind === 'service') return decisionService(logic, scope, session)
  return session.fit(untyped(logic, scope, session), logic.type ?? null, logic.kind)
}

function untyped(logic: Logic, scope: Scope, session: Session): Value {
  switch (logic.kind) {
    case 'literal':
      return session.read(logic.expression, scope)
    case 'table':
      return decisionTable(logic, scope, session)
    default:
      session.spend(1)
      return boxed(logic, scope, session)
  }
}

function boxed(logic: Boxed, scope: Scope, session: Session): Value {
  switch (logic.kind) {
    case 'context':
      return context(logic, scope, session)
    case 'invocation':
      return invocation(logic, scope, session)
    case 'list':
      return logic.items.map((item) => session.evaluate(item, scope))
    case 'relation':
      return relation(logic, scope, session)
    case 'function':
      return functionOf(logic.parameters, session, (values) =>
        session.fit(session.evaluate(logic.body, new LocalScope(scope, values)), logic.result, 'function'),
      )
    case 'conditional':
      return session.evaluate(logic.condition, scope) === true
        ? session.evaluate(logic.consequence, scope)
        : session.evaluate(logic.alternative, scope)
    case 'filter':
      return filter(logic, scope, session)
    case 'for':
      return forEach(logic, scope, session)
    case 'some':
    case 'every':
      return quantified(logic, scope, session)
  }
}

function context(logic: BoxedContext, outer: Scope, session: Session): Value {
  const scope = new LocalScope(outer)
  const entries: { [name: string]: Value } = {}
  for (const { name, type, value } of logic.entries) {
    const entry = session.fit(session.evaluate(value, scope), type, name)
    scope.set(name, entry)
    put(entries, name, entry)
  }
  return logic.result === null ? entries : session.evaluate(logic.result, scope)
}

/** Arguments are bound by name; what is not a function gives null, as calling it in FEEL does. */
function invocation(logic: BoxedInvocation, scope: Scope, session: Session): Value {
  const called =
    typeof logic.called === 'string' ? (scope.get(logic.called) ?? null) : session.evaluate(logic.called, scope)
  if (!isFunction(called)) {
    session.misfit(typeof logic.called === 'string' ? logic.called : 'invocation', 'function')
    return null
  }
  const values = new Map(
    logic.bindings.map(({ name, value }) => [name, value === null ? null : session.evaluate(value, scope)]),
  )
  const args = called.parameters.map((name) => values.get(name) ?? null)
  return callFunction(called, args, session.around)
}

function relation(logic: Relation, scope: Scope, session: Session): Value {
  return logic.rows.map((row) => {
    const entries: { [name: string]: Value } = {}
    for (const [i, { name, type }] of logic.columns.entries()) {
      const cell = row[i]
      put(entries, name, cell === undefined ? null : session.fit(session.evaluate(cell, scope), type, name))
    }
    return entries
  })
}
