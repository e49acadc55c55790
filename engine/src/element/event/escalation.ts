import { eventDefinition } from './event-definition.ts'
import { textOf } from './text.ts'

/**
 * Escalation event (Zeebe: "Escalation events"): tells an outer scope of something that is no failure; caught by the
 * nearest escalation event outwards. The thrower goes on unless what catches it interrupts it, and also when nothing
 * does. A catch event without a code catches every escalation.
 */
export const escalationEvent = eventDefinition<'escalation', 'escalation'>({
  type: 'bpmn:EscalationEventDefinition',
  catching: {
    positions: ['eventSubProcess', 'boundary'],
    read({ definition }, reader) {
      if (!definition.escalationRef) return { kind: 'escalation', escalationCode: null }
      const escalationCode = reader.literal(definition.escalationRef.escalationCode, 'escalationCode')
      return escalationCode && { kind: 'escalation', escalationCode }
    },
    arm: null,
  },
  throwing: {
    positions: ['throw', 'end'],
    read({ definition }, reader) {
      const escalationCode = reader.required(definition.escalationRef?.escalationCode, 'escalationCode')
      return escalationCode && { kind: 'escalation', escalationCode }
    },
    perform: ({ escalationCode }, context) => ({
      kind: 'escalate',
      escalationCode: textOf(escalationCode, 'an escalation code', context),
    }),
  },
})
