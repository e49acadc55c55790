import { eventDefinition } from './event-definition.ts'

/**
 * Compensation event (Zeebe: "Compensation events"): at a boundary it names the activity that undoes its own, once that
 * has completed; thrown it begins the undoing of what its scope has done.
 */
export const compensationEvent = eventDefinition<'compensation', 'compensation'>({
  type: 'bpmn:CompensateEventDefinition',
  catching: { positions: ['boundary'], read: () => ({ kind: 'compensation' }), arm: null },
  throwing: {
    positions: ['throw', 'end'],
    read({ definition }, reader) {
      if (definition.waitForCompletion === false)
        reader.problem('ELEMENT_NOT_EXECUTED', { type: 'bpmn:CompensateEventDefinition waitForCompletion' })
      const activityId: unknown = definition.activityRef?.id
      return { kind: 'compensation', activityId: typeof activityId === 'string' ? activityId : null }
    },
    perform: ({ activityId }) => ({ kind: 'compensate', activityId }),
  },
})
