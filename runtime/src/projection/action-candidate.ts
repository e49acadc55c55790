import type { CaseAction, Key } from '@bihuan/engine'
import { type RowChange, remove, update, upsert } from '../db/row-change.ts'
import type { FactContext, Projection } from './projection.ts'

const offered = (
  subscriptionKey: Key,
  action: CaseAction | null,
  { case: { instanceKey } }: FactContext,
): RowChange[] =>
  // A role may be named twice in a model: the second is the same row.
  (action?.candidates ?? []).map(({ role, unitId }) =>
    upsert('actionCandidate', { instanceKey, subscriptionKey, role, unitId, open: true }),
  )

const closed = (subscriptionKey: Key, { case: { instanceKey } }: FactContext) => [
  update('actionCandidate', { open: false }, { instanceKey, subscriptionKey }),
]

export const actionCandidate: Projection = {
  'messageSubscription.created': (key, { action }, context) => offered(key, action, context),
  'messageSubscription.migrated': (key, { action }, context) => [
    remove('actionCandidate', { instanceKey: context.case.instanceKey, subscriptionKey: key }),
    ...offered(key, action, context),
  ],
  'messageSubscription.correlated': (key, value, context) => (value.closed ? closed(key, context) : []),
  'messageSubscription.deleted': (key, _value, context) => closed(key, context),
}
