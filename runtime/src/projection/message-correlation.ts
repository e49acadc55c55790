import { upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

/** A message sent from the page of a case has no row of its own: its key is 0. */
export const messageCorrelation: Projection = {
  'messageSubscription.correlated': (key, { messageKey }, { case: { instanceKey, processId, called } }) =>
    messageKey > 0
      ? [upsert('messageCorrelation', { messageKey, processId: called.processIdOf(key) ?? processId, instanceKey })]
      : [],
}
