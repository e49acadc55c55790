import { complete, element, wait } from './element.ts'
import { armTrigger } from './event/all.ts'
import { checkLink } from './event/link.ts'

/** Intermediate catch event: waits for what its definition says (BPMN 2.0 §13.5.2); a link is passed at once. */
export const intermediateCatchEvent = element({
  type: 'bpmn:IntermediateCatchEvent',
  waits: (node) => node.own.trigger.kind !== 'link',
  properties: ['eventDefinitions', 'parallelMultiple'],
  extensions: ['bihuan:CaseAction'],
  read: (bo, reader) => {
    const trigger = reader.trigger(bo, 'catch')
    return trigger ? { trigger } : null
  },
  check: checkLink,
  activate: (node, context) => {
    const waiting = { elementId: node.id, elementInstanceKey: context.key, interrupting: true }
    return armTrigger(node.own.trigger, waiting, context) ? wait : complete()
  },
})
