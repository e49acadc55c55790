import { checkChoice, choose, readChoice } from './choice.ts'
import { complete, element } from './element.ts'

/**
 * Inclusive gateway: takes every flow whose condition is true, else the default flow; where flows meet it waits for the
 * tokens that can still arrive (BPMN 2.0 §13.4.3; the wait is `step/inclusive-join.ts`).
 */
export const inclusiveGateway = element({
  type: 'bpmn:InclusiveGateway',
  waits: false,
  properties: ['default', 'gatewayDirection'],
  extensions: [],
  read: readChoice,
  check: checkChoice,
  activate: (node, context) => complete({ take: choose(node, context, 'every') }),
})
