import { element, wait } from './element.ts'
import { openTrigger } from './trigger/open.ts'

/** Intermediate catch event: waits for its timer or message (Zeebe: "Timer events", "Message events"). */
export const intermediateCatchEvent = element({
  type: 'bpmn:IntermediateCatchEvent',
  waits: true,
  properties: ['eventDefinitions', 'parallelMultiple'],
  extensions: ['bihuan:CaseAction'],
  read: (bo, reader) => {
    const trigger = reader.trigger(bo, 'catch')
    return trigger ? { trigger } : null
  },
  activate: (node, context) => {
    openTrigger(node.own.trigger, { elementId: node.id, elementInstanceKey: context.key, interrupting: true }, context)
    return wait
  },
})
