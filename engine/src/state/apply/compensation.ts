import type { CompensationFacts } from '../../record/fact/compensation.ts'
import { beginUndoing, dropUndoable, keepUndoable } from '../compensation.ts'
import type { Appliers } from './applier.ts'

/** Facts of what can be undone. */
export const compensationAppliers: Appliers<keyof CompensationFacts> = {
  'compensationSubscription.created': (state, key, value) => {
    const { elementId, elementInstanceKey, scopeKey, handlerId, variables } = value
    keepUndoable(state, {
      key,
      elementId,
      elementInstanceKey,
      scopeKey,
      handlerId,
      variables,
      throwKey: null,
      handlerKey: null,
    })
  },
  'compensationSubscription.triggered': (state, key, { throwKey, handlerKey }) =>
    beginUndoing(state, key, throwKey, handlerKey),
  'compensationSubscription.completed': (state, key) => dropUndoable(state, key),
  'compensationSubscription.deleted': (state, key) => dropUndoable(state, key),
}
