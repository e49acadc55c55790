import { element, wait } from './element.ts'
import { armTrigger } from './event/all.ts'

/** Receive task: waits for its message (Zeebe: "Receive tasks"). One that starts a process is not executed. */
export const receiveTask = element({
  type: 'bpmn:ReceiveTask',
  waits: true,
  properties: ['implementation', 'messageRef', 'instantiate'],
  extensions: ['bihuan:CaseAction'],
  read: (bo, reader) => {
    if (bo.instantiate === true) reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:ReceiveTask instantiate' })
    const trigger = reader.trigger(bo, 'receiveTask')
    return trigger && { trigger }
  },
  activate: (node, context) => {
    armTrigger(node.own.trigger, { elementId: node.id, elementInstanceKey: context.key, interrupting: true }, context)
    return wait
  },
})
