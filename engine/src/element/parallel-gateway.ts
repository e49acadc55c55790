import { complete, element } from './element.ts'

/**
 * Parallel gateway: activated when a token stands at every incoming flow, takes all outgoing flows (BPMN 2.0 §13.4.1).
 * Tokens that wait are kept by the scope as arrivals; the step activates the gateway when none is missing.
 */
export const parallelGateway = element({
  type: 'bpmn:ParallelGateway',
  waits: false,
  properties: ['gatewayDirection'],
  extensions: [],
  read: () => ({}),
  activate: () => complete(),
})
