import type { ProcessInstanceFacts } from '../../record/fact/process-instance.ts'
import { newElement } from '../element-instance.ts'
import { type Appliers, nothing } from './applier.ts'

/** Facts of the case as a whole. */
export const processInstanceAppliers: Appliers<keyof ProcessInstanceFacts> = {
  'processInstance.created': (state, key, value) => {
    state.instance = {
      key,
      definitionKey: value.definitionKey,
      processId: value.processId,
      units: value.units,
      businessId: value.businessId,
      title: value.title,
      dueAt: value.dueAt,
      parameters: value.parameters,
      ...(value.startEventId === undefined ? {} : { startEventId: value.startEventId }),
      ...(value.startVariables === undefined ? {} : { startVariables: value.startVariables }),
      ...(value.startDepth === undefined ? {} : { startDepth: value.startDepth }),
      status: 'active',
    }
    const { processId: elementId, processName: name } = value
    state.elements.set(
      key,
      newElement({
        key,
        elementId,
        elementType: 'bpmn:Process',
        name,
        scopeKey: null,
        causes: [],
        loopCounter: null,
        definitionKey: null,
      }),
    )
  },
  'processInstance.completed': (state) => {
    if (state.instance) state.instance.status = 'completed'
  },
  'processInstance.terminated': (state) => {
    if (!state.instance) return
    state.instance.status = 'terminated'
    delete state.instance.held
  },
  'processInstance.suspended': (state) => {
    if (state.instance) state.instance.status = 'suspended'
  },
  'processInstance.resumed': (state) => {
    if (!state.instance) return
    state.instance.status = 'active'
    delete state.instance.held
  },
  'processInstance.held': ({ instance }, _key, { following }) => {
    if (instance) instance.held = [...(instance.held ?? []), ...following]
  },
  'processInstance.modified': nothing,
}
