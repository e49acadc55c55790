import { checkChoice, choose, readChoice } from './choice.ts'
import { complete, element } from './element.ts'

/**
 * Exclusive gateway: the first flow whose condition is true, else the default flow (BPMN 2.0 §13.4.2). A condition
 * that is not true or false is an incident, never a silent no (Zeebe).
 */
export const exclusiveGateway = element({
  type: 'bpmn:ExclusiveGateway',
  waits: false,
  properties: ['default', 'gatewayDirection'],
  extensions: [],
  read: readChoice,
  check: checkChoice,
  activate: (node, context) => complete({ take: choose(node, context, 'first') }),
})
