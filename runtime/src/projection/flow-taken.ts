import { upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const flowTaken: Projection = {
  'sequenceFlow.taken': (_key, value, { at, case: { instanceKey } }) => [
    upsert('flowTaken', { instanceKey, flowId: value.flowId, takenAt: at }),
  ],
}
