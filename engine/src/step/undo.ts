import type { FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { Compensation, ElementInstance } from '../state/state.ts'
import { isActivation } from './activation.ts'
import { thenComplete } from './agenda.ts'
import { elementOf, invariant, isProcess, newKey, nodeOf, type Run, write } from './run.ts'

/**
 * Notes that a completed element can be undone: by its own handler, or, for a scope without one, by what can be undone
 * in it (BPMN 2.0 §10.7.3: a handler of its own replaces the default; SPEC CM1). The handler of a multi-instance belongs
 * to its body.
 */
export function rememberToUndo(run: Run, element: ElementInstance, node: FlowNode): void {
  const { key, elementId, scopeKey } = element
  if (node.isForCompensation) {
    // What undoes is not undone itself.
    forgetToUndo(run, key)
    return
  }
  const handlerId = element.loopCounter === null ? node.compensationHandler : null
  if (handlerId === null && !(holdsOthers(element) && hasInner(run, key))) return
  invariant(scopeKey !== null, 'CM1')
  if (handlerId !== null) forgetToUndo(run, key)
  write(run, 'compensationSubscription.created', newKey(run), {
    elementId,
    elementInstanceKey: key,
    scopeKey,
    handlerId,
    variables: element.variables,
  })
}

/** Forgets what can be undone in a scope that is no more. */
export function forgetToUndo(run: Run, scopeKey: Key): void {
  if (run.state.compensations.size === 0) return
  for (const compensation of inScope(run, scopeKey)) {
    forgetToUndo(run, compensation.elementInstanceKey)
    write(run, 'compensationSubscription.deleted', compensation.key, { elementId: compensation.elementId })
  }
}

/**
 * What an element instance that is ended was undoing, or asked to be undone, is forgotten: it is not undone twice, and
 * the event that asked for it waits for it no more (SPEC CM5).
 */
export function abandonUndoing(run: Run, key: Key): void {
  if (run.state.compensations.size === 0) return
  const node = isProcess(elementOf(run, key)) ? null : nodeOf(run, elementOf(run, key))
  const asks = node !== null && 'throws' in node.own && node.own.throws.kind === 'compensation'
  if (!node?.isForCompensation && !asks) return
  for (const { key: undone, elementId, elementInstanceKey, throwKey, handlerKey, scopeKey } of [
    ...run.state.compensations.values(),
  ]) {
    if (handlerKey !== key && throwKey !== key) continue
    // It was in a scope that has been forgotten with all that was to be undone in it.
    if (!run.state.compensations.has(undone)) continue
    if (throwKey === key) forgetToUndo(run, elementInstanceKey)
    write(run, 'compensationSubscription.deleted', undone, { elementId })
    if (throwKey === null || throwKey === key) continue
    leaveScopeUndone(run, scopeKey)
    completeWhenUndone(run, throwKey)
  }
}

/** A completed scope that was asked to be undone is undone when nothing that is to be undone is left in it. */
export function leaveScopeUndone(run: Run, scopeKey: Key): void {
  if (hasInner(run, scopeKey)) return
  const around = undoingOf(run, scopeKey)
  if (around?.elementInstanceKey !== scopeKey || around.throwKey === null) return
  write(run, 'compensationSubscription.completed', around.key, { elementId: around.elementId })
  leaveScopeUndone(run, around.scopeKey)
}

/** What was done by an element instance and can be undone, or is undone by it. */
export function undoingOf(
  { state: { compensations, undoing } }: Run,
  elementInstanceKey: Key,
): Compensation | undefined {
  return compensations.get(undoing.get(elementInstanceKey) ?? 0)
}

/** Completes the event that asked for something to be undone, when all of it is: when it has not stopped on the way, too. */
export function completeWhenUndone(run: Run, throwKey: Key): void {
  const { elements, incidents } = run.state
  if (elements.get(throwKey)?.incidents.some((key) => incidents.get(key)?.retry === 'activate')) return
  for (const one of run.state.compensations.values()) if (one.throwKey === throwKey) return
  thenComplete(run, throwKey, {})
}

/** Whether other elements run inside such an element, so that what they did may have to be undone. */
function holdsOthers(element: ElementInstance): boolean {
  return (
    element.elementType === 'multiInstanceBody' || element.elementType.endsWith('SubProcess') || isActivation(element)
  )
}

/** Whether something that was done in a scope can be undone. */
export function hasInner(run: Run, scopeKey: Key): boolean {
  return run.state.undoable.has(scopeKey)
}

/** What can be undone in a scope. */
export function inScope(run: Run, scopeKey: Key): Compensation[] {
  const keys = run.state.undoable.get(scopeKey)
  return keys ? [...keys].flatMap((key) => run.state.compensations.get(key) ?? []) : []
}
