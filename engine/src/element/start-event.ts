import type { EventTrigger } from '../model/definition.ts'
import { complete, element } from './element.ts'
import { checkCatching } from './event/check.ts'

/**
 * Start event: none in a sub-process, with a trigger in an event sub-process, either in a process (Zeebe: "Start
 * events"). Whoever starts the scope activates it, so it completes at once.
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
      trigger = reader.trigger(bo, bo.$parent?.triggeredByEvent === true ? 'eventSubProcess' : 'start')
      if (!trigger) return null
    }
    return { trigger, interrupting: bo.isInterrupting !== false }
  },
  check: checkCatching,
  activate: (_, context) => complete({ variables: context.brought }),
})
