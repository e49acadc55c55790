import { element } from './element.ts'
import { performThrow } from './event/all.ts'

/** End event: throws what its definition says, or nothing (BPMN 2.0 §13.5.6); its token ends here. */
export const endEvent = element({
  type: 'bpmn:EndEvent',
  waits: ({ own }) => own.throws.kind === 'message',
  properties: ['eventDefinitions', 'retryCounter'],
  extensions: ['zeebe:TaskDefinition', 'zeebe:TaskHeaders', 'zeebe:JobPriorityDefinition'],
  read: (bo, reader) => {
    const throws = reader.throws(bo, 'end')
    return throws && { throws }
  },
  activate: (node, context) => performThrow(node.own.throws, context),
})
