import { insert, update, upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const messageSubscription: Projection = {
  'messageSubscription.created': (key, value, { at, case: { instanceKey } }) => [
    insert('messageSubscription', {
      key,
      instanceKey,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      messageName: value.messageName,
      correlationKey: value.correlationKey,
      state: 'created',
      updatedAt: at,
    }),
  ],
  // What was sent from the page of a case is no message of its own: its key is 0.
  'messageSubscription.correlated': (key, { closed, messageKey }, { at, case: { instanceKey } }) => [
    ...(closed ? [update('messageSubscription', { state: 'correlated', updatedAt: at }, { key })] : []),
    ...(messageKey > 0
      ? [upsert('correlatedMessage', { messageKey, subscriptionKey: key, instanceKey, correlatedAt: at })]
      : []),
  ],
  'messageSubscription.migrated': (key, { elementId, messageName }, { at }) => [
    update('messageSubscription', { elementId, messageName, updatedAt: at }, { key }),
  ],
  'messageSubscription.deleted': (key, _value, { at }) => [
    update('messageSubscription', { state: 'deleted', updatedAt: at }, { key }),
  ],
}
