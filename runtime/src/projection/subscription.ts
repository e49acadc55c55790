import { insert, remove, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const subscription: Projection = {
  'messageSubscription.created': (key, value, { at, case: { instanceKey, processId, called } }) => [
    insert('subscription', {
      key,
      instanceKey,
      processId: called.processIdOf(key) ?? processId,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      messageName: value.messageName,
      correlationKey: value.correlationKey,
      interrupting: value.interrupting,
      action: value.action,
      createdAt: at,
    }),
  ],
  // What stands in a called process does not migrate.
  'messageSubscription.migrated': (key, { elementId, interrupting, action }, { case: { processId } }) => [
    update('subscription', { processId, elementId, interrupting, action }, { key }),
  ],
  'messageSubscription.correlated': (key, value) => (value.closed ? [remove('subscription', { key })] : []),
  'messageSubscription.deleted': (key) => [remove('subscription', { key })],
}
