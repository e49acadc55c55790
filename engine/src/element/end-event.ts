import type { ModdleElement } from 'bpmn-moddle'
import { complete, element } from './element.ts'

/** End event: none, or terminate (BPMN 2.0 §13.5.6: ends all else in its scope, which then completes). */
export const endEvent = element({
  type: 'bpmn:EndEvent',
  waits: false,
  properties: ['eventDefinitions'],
  extensions: [],
  read: (bo, reader) => {
    const definitions = (bo.eventDefinitions ?? []) as ModdleElement[]
    const [definition, more] = definitions
    if (!definition) return { kind: 'none' as const }
    if (more || definition.$type !== 'bpmn:TerminateEventDefinition') {
      reader.problem('EVENT_NOT_EXECUTED', { type: (more ?? definition).$type })
      return null
    }
    return { kind: 'terminate' as const }
  },
  activate: (node) => complete({ endsScope: node.own.kind === 'terminate' }),
})
