import { element } from './element.ts'
import { performThrow } from './event/all.ts'
import { checkLink } from './event/link.ts'

/** Intermediate throw event: throws what its definition says, or nothing, and goes on (BPMN 2.0 §13.5.3). */
export const intermediateThrowEvent = element({
  type: 'bpmn:IntermediateThrowEvent',
  waits: ({ own }) => own.throws.kind === 'message',
  properties: ['eventDefinitions', 'retryCounter'],
  extensions: ['zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => {
    const throws = reader.throws(bo, 'throw')
    return throws && { throws }
  },
  check: checkLink,
  activate: (node, context) => performThrow(node.own.throws, context),
})
