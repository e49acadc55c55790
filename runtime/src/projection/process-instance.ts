import type { MappingInstruction } from '@bihuan/engine'
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
        startDepth: value.startDepth ?? 0,
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
  'processInstance.suspended': (key) => [update('processInstance', { state: 'suspended' }, { key })],
  'processInstance.resumed': (key) => [update('processInstance', { state: 'active' }, { key })],
  'processInstance.migrated': (key, { definitionKey, processId, processName, version, mappings }) => [
    update('processInstance', { definitionKey, processId, processName, version }, { key }),
    ...inOrder(mappings).map(({ sourceElementId, targetElementId }) =>
      update('processInstance', { stageElementId: targetElementId }, { key, stageElementId: sourceElementId }),
    ),
  ],
  'element.activated': (key, value, { at, case: { instanceKey, called } }) =>
    value.stage && called.definitionOf(key) === null
      ? [update('processInstance', { stageElementId: value.elementId, stageSince: at }, { key: instanceKey })]
      : [],
}

/** Mappings that change something, each after the one that begins where it ends: what one has moved no other moves on. */
function inOrder(mappings: readonly MappingInstruction[]): readonly MappingInstruction[] {
  const left = new Map(mappings.map((one) => [one.sourceElementId, one]))
  const ordered: MappingInstruction[] = []
  const take = (one: MappingInstruction) => {
    if (!left.delete(one.sourceElementId)) return
    const next = left.get(one.targetElementId)
    if (next) take(next)
    if (one.sourceElementId !== one.targetElementId) ordered.push(one)
  }
  for (const one of mappings) take(one)
  return ordered
}
