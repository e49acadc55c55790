import type { ElementFacts } from '../../record/fact/element.ts'
import type { Json, Variables } from '../../record/json.ts'
import type { Key } from '../../record/record.ts'
import { addArrival, addChild, type ElementInstance, newElement, removeChild } from '../element-instance.ts'
import { liveElement, type State } from '../state.ts'
import { type Appliers, nothing } from './applier.ts'

/** Facts of element instances and of the flow between them. */
export const elementAppliers: Appliers<keyof ElementFacts> = {
  'element.activated': (state, key, value) => {
    const { elementId, elementType, name, scopeKey, causes, loopCounter } = value
    const scope = liveElement(state, scopeKey)
    const definitionKey = value.definitionKey ?? scope.definitionKey
    state.elements.set(
      key,
      newElement({ key, elementId, elementType, name, scopeKey, causes, loopCounter, definitionKey }),
    )
    addChild(scope, key)
    // The event sub-process it was ended for has come.
    if (scope.ending?.kind === 'eventSubProcess') scope.ending = null
    if (scope.multi) scope.multi.created += 1
    consumeArrivals(state, scope, elementId)
  },
  'element.completed': (state, key) => leave(state, key, 'completed'),
  'element.terminated': (state, key) => leave(state, key, 'terminated'),
  'element.ending': (state, key, value) => {
    liveElement(state, key).ending = value.then
  },
  'scope.interrupted': (state, key) => {
    const scope = liveElement(state, key)
    scope.joins = []
    if (scope.adHoc) scope.adHoc.decided = true
    state.joining.delete(key)
  },
  'sequenceFlow.taken': nothing,
  'join.arrived': (state, _key, value) => {
    const { elementId, flowId, source } = value
    addArrival(liveElement(state, value.scopeKey), { elementId, flowId, source })
    state.joining.add(value.scopeKey)
  },
  'variables.set': (state, _key, value) => {
    const scope = liveElement(state, value.scopeKey)
    scope.variables = merged(scope.variables, value.variables)
  },
  'decision.evaluated': nothing,
  'callActivity.called': nothing,
  'error.thrown': nothing,
  'escalation.thrown': nothing,
}

/** One token of each flow that has arrived is used up by the join that is activated. */
function consumeArrivals(state: State, scope: ElementInstance, elementId: string): void {
  if (scope.joins.length === 0) return
  const used = new Set<string>()
  scope.joins = scope.joins.filter((arrival) => {
    if (arrival.elementId !== elementId || used.has(arrival.flowId)) return true
    used.add(arrival.flowId)
    return false
  })
  if (scope.joins.length === 0) state.joining.delete(scope.key)
}

function leave(state: State, key: Key, how: 'completed' | 'terminated'): void {
  const element = liveElement(state, key)
  state.elements.delete(key)
  state.joining.delete(key)
  if (element.job !== null) state.jobs.delete(element.job)
  if (element.scopeKey === null) return
  const scope = state.elements.get(element.scopeKey)
  if (!scope) return
  removeChild(scope, key)
  if (scope.multi) scope.multi[how] += 1
}

/** A plain merge that keeps `__proto__` an ordinary name. */
function merged(before: Variables, change: Variables): Variables {
  const result: Variables = { ...before }
  for (const name of Object.keys(change)) {
    const value = change[name] as Json
    if (name === '__proto__')
      Object.defineProperty(result, name, { value, enumerable: true, writable: true, configurable: true })
    else result[name] = value
  }
  return result
}
