import { eventDefinition } from './event-definition.ts'
import { textOf } from './text.ts'

/**
 * Error event (Zeebe: "Error events"): ends its scope and is caught by the nearest error event outwards; it always
 * interrupts. A catch event without a code catches every error.
 */
export const errorEvent = eventDefinition<'error', 'error'>({
  type: 'bpmn:ErrorEventDefinition',
  catching: {
    positions: ['eventSubProcess', 'boundary'],
    read({ definition, interrupting }, reader) {
      if (!interrupting) {
        reader.problem('EVENT_NOT_EXECUTED', { type: 'bpmn:ErrorEventDefinition (non-interrupting)' })
        return null
      }
      if (!definition.errorRef) return { kind: 'error', errorCode: null }
      const errorCode = reader.literal(definition.errorRef.errorCode, 'errorCode')
      return errorCode && { kind: 'error', errorCode }
    },
    arm: null,
  },
  throwing: {
    positions: ['end'],
    read({ definition }, reader) {
      const errorCode = reader.required(definition.errorRef?.errorCode, 'errorCode')
      return errorCode && { kind: 'error', errorCode }
    },
    perform: ({ errorCode }, context) => ({
      kind: 'throwError',
      errorCode: textOf(errorCode, 'an error code', context),
    }),
  },
})
