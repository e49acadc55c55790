import { upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const flowTaken: Projection = {
  // What is taken in a called process is no way through the drawing of the case.
  'sequenceFlow.taken': (_key, value, { at, case: { instanceKey, called } }) =>
    called.definitionOf(value.scopeKey) === null
      ? [upsert('flowTaken', { instanceKey, flowId: value.flowId, takenAt: at })]
      : [],
  'join.migrated': (_key, { flowId }, { at, case: { instanceKey } }) => [
    upsert('flowTaken', { instanceKey, flowId, takenAt: at }),
  ],
}
