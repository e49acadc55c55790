import { insert, remove, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const signalSubscription: Projection = {
  'signalSubscription.created': (key, value, { at, case: { instanceKey } }) => [
    insert('signalSubscription', {
      key,
      instanceKey,
      elementId: value.elementId,
      elementInstanceKey: value.elementInstanceKey,
      signalName: value.signalName,
      interrupting: value.interrupting,
      createdAt: at,
    }),
  ],
  'signalSubscription.migrated': (key, { elementId, interrupting }) => [
    update('signalSubscription', { elementId, interrupting }, { key }),
  ],
  'signalSubscription.triggered': (key, value) => (value.closed ? [remove('signalSubscription', { key })] : []),
  'signalSubscription.deleted': (key) => [remove('signalSubscription', { key })],
}
