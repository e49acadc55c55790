import type { Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { State } from './state.ts'

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

type Kept = Pick<State, 'compensations' | 'undoable' | 'undoing'>

/** Notes what can be undone. */
export function keepUndoable(state: Kept, compensation: Compensation): void {
  const { key, scopeKey, elementInstanceKey, handlerKey } = compensation
  state.compensations.set(key, compensation)
  const beside = state.undoable.get(scopeKey)
  if (beside) beside.add(key)
  else state.undoable.set(scopeKey, new Set([key]))
  state.undoing.set(elementInstanceKey, key)
  if (handlerKey !== null) state.undoing.set(handlerKey, key)
}

/** Notes who asked for it to be undone, and which element instance undoes it. */
export function beginUndoing({ compensations, undoing }: Kept, key: Key, throwKey: Key, handlerKey: Key | null): void {
  const compensation = compensations.get(key)
  if (!compensation) return
  compensation.throwKey = throwKey
  compensation.handlerKey = handlerKey
  if (handlerKey !== null) undoing.set(handlerKey, key)
}

/** Forgets what is undone, or cannot be any more. */
export function dropUndoable({ compensations, undoable, undoing }: Kept, key: Key): void {
  const compensation = compensations.get(key)
  if (!compensation) return
  compensations.delete(key)
  undoing.delete(compensation.elementInstanceKey)
  if (compensation.handlerKey !== null) undoing.delete(compensation.handlerKey)
  const beside = undoable.get(compensation.scopeKey)
  beside?.delete(key)
  if (beside?.size === 0) undoable.delete(compensation.scopeKey)
}
