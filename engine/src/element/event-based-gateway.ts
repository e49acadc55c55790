import { element, wait } from './element.ts'

const CAUGHT = new Set(['message', 'timer', 'signal', 'conditional'])

/**
 * Event-based gateway: arms all events that follow it; the first one that happens takes its flow and disarms the others
 * (BPMN 2.0 §13.4.4, Zeebe: "Event-based gateway").
 */
export const eventBasedGateway = element({
  type: 'bpmn:EventBasedGateway',
  waits: true,
  properties: ['gatewayDirection', 'instantiate', 'eventGatewayType'],
  extensions: [],
  read: (bo, reader) => {
    if (bo.instantiate === true) reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:EventBasedGateway instantiate' })
    if (bo.eventGatewayType === 'Parallel')
      reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:EventBasedGateway eventGatewayType' })
    return {}
  },
  check: (node, { nodes, flow, problem }) => {
    if (node.outgoing.length < 2) problem('EVENT_GATEWAY_FLOWS', { count: node.outgoing.length })
    for (const id of node.outgoing) {
      const target = nodes[flow(id).targetId]
      if (!target) continue
      const trigger =
        target.type === 'bpmn:IntermediateCatchEvent' || target.type === 'bpmn:ReceiveTask' ? target.own.trigger : null
      // The gateway waits on its behalf, so nothing may happen when the event itself is entered (BPMN 2.0 §10.6.6).
      const enters =
        target.boundary.length + target.inputs.length + target.listeners.start.length > 0 ||
        target.multiInstance !== null
      if (!trigger || !CAUGHT.has(trigger.kind) || target.incoming.length > 1 || enters)
        problem('EVENT_GATEWAY_TARGET', { target: target.name ?? target.id })
    }
  },
  activate: (node, context) => {
    context.armFollowing(node)
    return wait
  },
})
