import { complete, element } from './element.ts'
import { checkCatching } from './event/check.ts'

/**
 * Boundary event: armed when its activity is entered, activated by its trigger (Zeebe: "Events"). An interrupting one
 * has terminated the activity before it is activated, so all it does is complete.
 */
export const boundaryEvent = element({
  type: 'bpmn:BoundaryEvent',
  waits: false,
  properties: ['eventDefinitions', 'attachedToRef', 'cancelActivity', 'parallelMultiple'],
  extensions: ['bihuan:CaseAction'],
  read: (bo, reader) => {
    const trigger = reader.trigger(bo, 'boundary')
    const attachedTo: unknown = bo.attachedToRef?.id
    if (typeof attachedTo !== 'string') {
      reader.problem('DANGLING_REFERENCE', { property: 'attachedToRef', id: '' })
      return null
    }
    if (!trigger) return null
    return { trigger, interrupting: bo.cancelActivity !== false, attachedTo }
  },
  check: (node, context) => {
    const { problem, nodes } = context
    checkCatching(node, context)
    const host = nodes[node.own.attachedTo]
    if (host && (!isActivity(host.type) || (host.type === 'bpmn:SubProcess' && host.own.byEvent)))
      problem('ELEMENT_NOT_EXECUTED', { type: `bpmn:BoundaryEvent attached to ${host.type}` })
    if (host && host.scopeId !== node.scopeId)
      problem('DANGLING_REFERENCE', { property: 'attachedToRef', id: node.own.attachedTo })
    if (node.own.trigger.kind === 'compensation') {
      if (host && host.compensationHandler === null) problem('COMPENSATION_HANDLER', { count: 0 })
      if (node.outgoing.length > 0)
        problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow from a compensation event' })
    }
    if (node.incoming.length > 0) problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow to a boundary event' })
  },
  activate: () => complete(),
})

function isActivity(type: string): boolean {
  return /Task$|SubProcess$|CallActivity$/.test(type)
}
