import { insert, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const incident: Projection = {
  'incident.created': (key, value, { at, case: { instanceKey } }) => [
    insert('incident', {
      key,
      instanceKey,
      elementId: value.elementId,
      elementName: value.elementName,
      elementInstanceKey: value.elementInstanceKey,
      code: value.code,
      facts: value.facts,
      jobKey: value.jobKey,
      state: 'active',
      createdAt: at,
      resolvedAt: null,
    }),
  ],
  'incident.migrated': (key, { elementId, elementName }) => [update('incident', { elementId, elementName }, { key })],
  'incident.resolved': (key, _value, { at }) => [update('incident', { state: 'resolved', resolvedAt: at }, { key })],
}
