import type { ModdleElement } from 'bpmn-moddle'
import type { Expression } from '../../feel/index.ts'
import { complete, type Reader } from '../element.ts'
import { eventDefinition } from './event-definition.ts'
import { textOf } from './text.ts'

/**
 * Signal event (Zeebe: "Signal events"): thrown to everyone who waits for that name, in this case and in others, and to
 * nobody in particular: the thrower does not wait. What it takes along are its own variables, made by input mappings.
 */
export const signalEvent = eventDefinition<'signal', 'signal'>({
  type: 'bpmn:SignalEventDefinition',
  catching: {
    positions: ['start', 'eventSubProcess', 'catch', 'boundary'],
    read({ definition }, reader) {
      const name = readName(definition, reader)
      return name && { kind: 'signal', name }
    },
    arm({ name }, waiting, context) {
      context.write('signalSubscription.created', context.newKey(), {
        ...waiting,
        signalName: textOf(name, 'a signal name', context),
      })
    },
  },
  throwing: {
    positions: ['throw', 'end'],
    read({ definition }, reader) {
      const name = readName(definition, reader)
      return name && { kind: 'signal', name }
    },
    perform({ name }, context) {
      context.checkStartDepth()
      const signalName = textOf(name, 'a signal name', context)
      context.write('signal.broadcast', context.newKey(), {
        elementId: context.elementId,
        elementInstanceKey: context.key,
        signalName,
        variables: { ...context.locals },
      })
      return complete()
    },
  },
})

function readName(definition: ModdleElement, reader: Reader): Expression | null {
  return reader.required(definition.signalRef?.name, 'bpmn:signal name')
}
