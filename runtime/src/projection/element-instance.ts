import { insert, update } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

export const elementInstance: Projection = {
  'element.activated': (key, value, { at, case: { instanceKey, called } }) => [
    insert('elementInstance', {
      key,
      instanceKey,
      definitionKey: called.definitionOf(key),
      elementId: value.elementId,
      elementType: value.elementType,
      name: value.name,
      scopeKey: value.scopeKey,
      causes: value.causes,
      loopCounter: value.loopCounter,
      stage: value.stage,
      state: 'active',
      startedAt: at,
      endedAt: null,
    }),
  ],
  'element.migrated': (key, { elementId, name, stage }) => [
    update('elementInstance', { elementId, name, stage }, { key }),
  ],
  'element.completed': (key, _value, { at }) => [
    update('elementInstance', { state: 'completed', endedAt: at }, { key }),
  ],
  'element.terminated': (key, _value, { at }) => [
    update('elementInstance', { state: 'terminated', endedAt: at }, { key }),
  ],
}
