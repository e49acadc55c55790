import type { Filter, For, Quantified } from '../boxed.ts'
import { isContext, isList, type Scope, typeOf, type Value } from '../feel.ts'
import { LocalScope } from './scope.ts'
import type { Session } from './session.ts'

/** The items of a list or range, each counted; one value is a list of itself (DMN 1.5 §10.3.2.9.4). */
function itemsOf(value: Value, session: Session): readonly Value[] {
  const whole = typeOf(value) === 'range' ? session.compute('for item in x return item', value) : value
  const items = isList(whole) ? whole : [whole]
  session.spend(items.length)
  return items
}

/** Boxed filter (DMN 1.5 §10.2.2.9): those items whose match is true. A match that is no test gives null. */
export function filter(logic: Filter, scope: Scope, session: Session): Value {
  const list = session.evaluate(logic.list, scope)
  if (list === null) return null
  const kept: Value[] = []
  for (const item of itemsOf(list, session)) {
    const entries = isContext(item) ? Object.entries(item) : []
    const match = session.evaluate(logic.match, new LocalScope(scope, [['item', item], ...entries]))
    if (match === true) kept.push(item)
    else if (match !== false && match !== null) {
      session.misfit('match', 'boolean')
      return null
    }
  }
  return kept
}

/** Boxed `for` (§10.2.2.10); of null it gives null, as FEEL's does. */
export function forEach(logic: For, scope: Scope, session: Session): Value {
  const list = session.evaluate(logic.list, scope)
  if (list === null) return null
  const partial: Value[] = []
  for (const item of itemsOf(list, session)) {
    const value = session.fit(item, logic.itemType, logic.iterator)
    const inner = new LocalScope(withPartial(scope, partial, session), [[logic.iterator, value]])
    partial.push(session.evaluate(logic.result, inner))
  }
  return partial
}

/** What a `for` has made so far, copied when it is read. */
const withPartial = (outer: Scope, partial: readonly Value[], session: Session): Scope => ({
  get(name) {
    if (name !== 'partial') return outer.get(name)
    session.spend(partial.length)
    return [...partial]
  },
  isLocal: (name) => name === 'partial' || outer.isLocal(name),
})

/** Boxed `some` and `every` (§10.2.2.10): null when a test is neither true nor false and no other decides. */
export function quantified(logic: Quantified, scope: Scope, session: Session): Value {
  const list = session.evaluate(logic.list, scope)
  if (list === null) return null
  const decides = logic.kind === 'some'
  let unknown = false
  for (const item of itemsOf(list, session)) {
    const inner = new LocalScope(scope, [[logic.iterator, session.fit(item, logic.itemType, logic.iterator)]])
    const test = session.evaluate(logic.test, inner)
    if (test === decides) return decides
    if (test !== !decides) unknown = true
  }
  return unknown ? null : !decides
}
