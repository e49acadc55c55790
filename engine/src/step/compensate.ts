import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { Compensation } from '../state/state.ts'
import { thenEnter } from './agenda.ts'
import { beginElement } from './begin.ts'
import { elementOf, invariant, isProcess, nodeOf, type Run, write } from './run.ts'
import { assign, setLocal } from './scope.ts'
import { completeWhenUndone, hasInner, inScope, leaveScopeUndone } from './undo.ts'

/**
 * Undoes what a scope has done, or one activity of it: the handlers begin in the reverse order of completion, in the
 * scope of the throw event, with the variables their activities had. The event completes when all are done; at once when
 * there is nothing to undo (Zeebe: "Compensation events", SPEC CM2). An event sub-process undoes what its parent did.
 */
export function compensate(run: Run, throwKey: Key, activityId: string | null): void {
  const { scopeKey } = elementOf(run, throwKey)
  invariant(scopeKey !== null, 'CM2')
  const chosen = scopesOf(run, scopeKey)
    .flatMap((key) => inScope(run, key))
    .filter((one) => one.throwKey === null && (activityId === null || one.elementId === activityId))
    .sort((a, b) => b.key - a.key)
  // All begin before the first one works, so that the event does not complete between them.
  const handlers = chosen.flatMap((compensation) => begin(run, compensation, throwKey, scopeKey, {}))
  for (const handlerKey of handlers) thenEnter(run, handlerKey)
  if (handlers.length === 0) completeWhenUndone(run, throwKey)
}

/** After a handler has completed: its activity is undone, and perhaps all that was asked for (SPEC CM3). */
export function afterUndoing(run: Run, handlerKey: Key): void {
  for (const compensation of run.state.compensations.values()) {
    if (compensation.handlerKey !== handlerKey) continue
    const { key, elementId, throwKey, scopeKey } = compensation
    write(run, 'compensationSubscription.completed', key, { elementId })
    leaveScopeUndone(run, scopeKey)
    if (throwKey !== null) completeWhenUndone(run, throwKey)
    return
  }
}

/** Begins the handlers of one completed element, outermost variables first; gives their keys. */
function begin(run: Run, compensation: Compensation, throwKey: Key, scopeKey: Key, outer: Variables): Key[] {
  const { key, elementId, elementInstanceKey, handlerId } = compensation
  const variables = assign(assign({}, outer), compensation.variables)
  if (handlerId === null) {
    const inner = inScope(run, elementInstanceKey).sort((a, b) => b.key - a.key)
    write(run, 'compensationSubscription.triggered', key, { elementId, throwKey, handlerKey: null })
    const begun = inner.flatMap((one) => begin(run, one, throwKey, scopeKey, variables))
    // A migration may have left nothing in it.
    if (!hasInner(run, elementInstanceKey)) write(run, 'compensationSubscription.completed', key, { elementId })
    return begun
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
