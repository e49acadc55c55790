import { insert, update } from '../db/row-change.ts'
import { type Projection, unitPath } from './projection.ts'

export const processInstance: Projection = {
  'processInstance.created': (key, value, { at, actor }) => {
    const unit = value.units[0]
    return [
      insert('processInstance', {
        key,
        definitionKey: value.definitionKey,
        processId: value.processId,
        processName: value.processName,
        version: value.version,
        number: value.businessId,
        title: value.title,
        unitId: unit?.id ?? '',
        unitName: unit?.name ?? '',
        unitLevel: unit?.level ?? '',
        unitPath: unitPath(value.units),
        units: value.units,
        state: 'active',
        startedByType: actor.type,
        startedBy: actor.id,
        startedAt: at,
        endedAt: null,
        dueAt: value.dueAt,
        stageElementId: null,
        stageSince: null,
      }),
    ]
  },
  'processInstance.completed': (key, _value, { at }) => [
    update('processInstance', { state: 'completed', endedAt: at }, { key }),
  ],
  'processInstance.terminated': (key, _value, { at }) => [
    update('processInstance', { state: 'terminated', endedAt: at }, { key }),
  ],
  'element.activated': (key, value, { at, case: { instanceKey, called } }) =>
    value.stage && called.definitionOf(key) === null
      ? [update('processInstance', { stageElementId: value.elementId, stageSince: at }, { key: instanceKey })]
      : [],
}
