import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'

/** A completed activity that can be undone. */
export interface Compensation {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly scopeKey: Key
  readonly handlerId: string | null
  readonly variables: Variables
  /** The throw event that asked for it; null until one does. */
  throwKey: Key | null
  /** The element instance that undoes it now. */
  handlerKey: Key | null
}

/** What a case has done that can still be undone. */
export interface Undoables {
  /** Completed activities, oldest first. */
  readonly compensations: Map<Key, Compensation>
  // Found quickly; rebuilt when state is restored.
  /** Their keys, by the scope they were done in. */
  readonly undoable: Map<Key, Set<Key>>
  /** Their keys, by the element instance that was done, and by the one that undoes it. */
  readonly undoing: Map<Key, Key>
}

/** Notes what can be undone. */
export function keepUndoable(state: Undoables, compensation: Compensation): void {
  const { key, scopeKey, elementInstanceKey, handlerKey } = compensation
  state.compensations.set(key, compensation)
  const beside = state.undoable.get(scopeKey)
  if (beside) beside.add(key)
  else state.undoable.set(scopeKey, new Set([key]))
  state.undoing.set(elementInstanceKey, key)
  if (handlerKey !== null) state.undoing.set(handlerKey, key)
}

/** Notes who asked for it to be undone, and which element instance undoes it. */
export function beginUndoing(
  { compensations, undoing }: Undoables,
  key: Key,
  throwKey: Key,
  handlerKey: Key | null,
): void {
  const compensation = compensations.get(key)
  if (!compensation) return
  compensation.throwKey = throwKey
  compensation.handlerKey = handlerKey
  if (handlerKey !== null) undoing.set(handlerKey, key)
}

/** Forgets what is undone, or cannot be any more. */
export function dropUndoable({ compensations, undoable, undoing }: Undoables, key: Key): void {
  const compensation = compensations.get(key)
  if (!compensation) return
  compensations.delete(key)
  undoing.delete(compensation.elementInstanceKey)
  if (compensation.handlerKey !== null) undoing.delete(compensation.handlerKey)
  const beside = undoable.get(compensation.scopeKey)
  beside?.delete(key)
  if (beside?.size === 0) undoable.delete(compensation.scopeKey)
}
