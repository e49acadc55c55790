import { complete } from '../element.ts'
import { eventDefinition } from './event-definition.ts'

/** Terminate end event: when it ends, all else in its scope does, which then completes (BPMN 2.0 §13.5.6, SPEC TE2). */
export const terminateEvent = eventDefinition<never, 'terminate'>({
  type: 'bpmn:TerminateEventDefinition',
  catching: null,
  throwing: {
    positions: ['end'],
    read: () => ({ kind: 'terminate' }),
    perform: () => complete(),
  },
})
