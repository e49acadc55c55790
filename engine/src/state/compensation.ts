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

/** Notes what can be undone. */
export function keepUndoable(state: Pick<State, 'compensations' | 'undoable'>, compensation: Compensation): void {
  state.compensations.set(compensation.key, compensation)
  const beside = state.undoable.get(compensation.scopeKey)
  if (beside) beside.add(compensation.key)
  else state.undoable.set(compensation.scopeKey, new Set([compensation.key]))
}

/** Forgets what is undone, or cannot be any more. */
export function dropUndoable({ compensations, undoable }: Pick<State, 'compensations' | 'undoable'>, key: Key): void {
  const compensation = compensations.get(key)
  if (!compensation) return
  compensations.delete(key)
  const beside = undoable.get(compensation.scopeKey)
  beside?.delete(key)
  if (beside?.size === 0) undoable.delete(compensation.scopeKey)
}
