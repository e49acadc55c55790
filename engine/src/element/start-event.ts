import type { EventTrigger } from '../model/definition.ts'
import { complete, element } from './element.ts'

/**
 * Start event: none in a process or sub-process; with a trigger only in an event sub-process (Zeebe: "Event
 * sub-process"). Whoever starts the scope activates it, so it completes at once.
 */
export const startEvent = element({
  type: 'bpmn:StartEvent',
  waits: false,
  properties: ['eventDefinitions', 'isInterrupting', 'parallelMultiple'],
  extensions: ['zeebe:FormDefinition', 'bihuan:Starters', 'bihuan:CaseAction'],
  read: (bo, reader) => {
    const definitions = (bo.eventDefinitions ?? []) as unknown[]
    let trigger: EventTrigger | null = null
    if (definitions.length > 0) {
      trigger = reader.trigger(bo, 'start')
      if (!trigger) return null
    }
    return { trigger, interrupting: bo.isInterrupting !== false }
  },
  activate: () => complete(),
})
