import { insert, remove, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const subscription: Projection = {
  'messageSubscription.created': (key, value, { at, case: { instanceKey, processId } }) => [
    insert('subscription', {
      key,
      instanceKey,
      processId,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      messageName: value.messageName,
      correlationKey: value.correlationKey,
      interrupting: value.interrupting,
      action: value.action,
      createdAt: at,
    }),
  ],
  'messageSubscription.migrated': (key, { elementId, interrupting, action }) => [
    update('subscription', { elementId, interrupting, action }, { key }),
  ],
  'processInstance.migrated': (instanceKey, { processId }) => [update('subscription', { processId }, { instanceKey })],
  'messageSubscription.correlated': (key, value) => (value.closed ? [remove('subscription', { key })] : []),
  'messageSubscription.deleted': (key) => [remove('subscription', { key })],
}
