import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { Compensation } from '../state/state.ts'
import { thenEnter } from './agenda.ts'
import { incident } from './attempt.ts'
import { beginElement, MAX_ACTIVATIONS, tooLong } from './begin.ts'
import { elementOf, invariant, isProcess, nodeOf, type Run, write } from './run.ts'
import { assign, setLocal } from './scope.ts'
import { completeWhenUndone, hasInner, inScope, leaveScopeUndone, undoingOf } from './undo.ts'

/**
 * Undoes what a scope has done, or one activity of it: the handlers begin in the reverse order of completion, in the
 * scope of the throw event, with the variables their activities had. The event completes when all are done; at once when
 * there is nothing to undo (Zeebe: "Compensation events", SPEC CM2). An event sub-process undoes what its parent did.
 * What is beyond the activations of a step is left, and begun when the incident of the event is resolved (SPEC CM6).
 */
export function compensate(run: Run, throwKey: Key, activityId: string | null): void {
  const { scopeKey } = elementOf(run, throwKey)
  invariant(scopeKey !== null, 'CM2')
  const chosen = scopesOf(run, scopeKey)
    .flatMap((key) => inScope(run, key))
    .filter((one) => activityId === null || one.elementId === activityId)
  // All begin before the first one works, so that the event does not complete between them.
  const handlers: Key[] = []
  for (const [compensation, variables] of toUndo(run, chosen, throwKey, {})) {
    if (run.activations >= MAX_ACTIVATIONS) {
      incident(run, throwKey, tooLong(run), 'activate', null)
      break
    }
    handlers.push(...begin(run, compensation, variables, throwKey, scopeKey))
  }
  for (const handlerKey of handlers) thenEnter(run, handlerKey)
  if (handlers.length === 0) completeWhenUndone(run, throwKey)
}

/** After a handler has completed: its activity is undone, and perhaps all that was asked for (SPEC CM3). */
export function afterUndoing(run: Run, handlerKey: Key): void {
  const compensation = undoingOf(run, handlerKey)
  if (compensation?.handlerKey !== handlerKey) return
  const { key, elementId, throwKey, scopeKey } = compensation
  write(run, 'compensationSubscription.completed', key, { elementId })
  leaveScopeUndone(run, scopeKey)
  if (throwKey !== null) completeWhenUndone(run, throwKey)
}

/**
 * What is yet to be undone, with the variables it had: the last that completed first, a scope before what was done in it.
 */
function* toUndo(
  run: Run,
  compensations: readonly Compensation[],
  throwKey: Key,
  outer: Variables,
): Generator<readonly [Compensation, Variables]> {
  for (const one of [...compensations].sort((a, b) => b.key - a.key)) {
    const variables = assign(assign({}, outer), one.variables)
    const { throwKey: askedBy, handlerId, elementInstanceKey } = one
    if (askedBy === null) yield [one, variables]
    // A scope may have been begun by the step before.
    if (handlerId === null && (askedBy === null || askedBy === throwKey))
      yield* toUndo(run, inScope(run, elementInstanceKey), throwKey, variables)
  }
}

/** Begins to undo one completed element; gives the key of its handler, of a scope without one none. */
function begin(run: Run, compensation: Compensation, variables: Variables, throwKey: Key, scopeKey: Key): Key[] {
  const { key, elementId, elementInstanceKey, handlerId } = compensation
  if (handlerId === null) {
    write(run, 'compensationSubscription.triggered', key, { elementId, throwKey, handlerKey: null })
    if (hasInner(run, elementInstanceKey)) return []
    // A migration may have left nothing in it, and so in what is around it.
    write(run, 'compensationSubscription.completed', key, { elementId })
    leaveScopeUndone(run, compensation.scopeKey)
    return []
  }
  const causes = [throwKey, elementInstanceKey]
  const handlerKey = beginElement(run, { nodeId: handlerId, scopeKey, causes, loopCounter: null })
  write(run, 'compensationSubscription.triggered', key, { elementId, throwKey, handlerKey })
  setLocal(run, handlerKey, variables)
  return [handlerKey]
}

/** The scopes a throw event undoes: its own, and from an event sub-process outwards that of its parent. */
function scopesOf(run: Run, scopeKey: Key): Key[] {
  const keys = [scopeKey]
  for (let scope = elementOf(run, scopeKey); scope.scopeKey !== null && !isProcess(scope); ) {
    const node = nodeOf(run, scope)
    if (node.type !== 'bpmn:SubProcess' || !node.own.byEvent) break
    keys.push(scope.scopeKey)
    scope = elementOf(run, scope.scopeKey)
  }
  return keys
}
