import type { ModdleElement } from 'bpmn-moddle'
import type { CatchPosition, Reader } from '../element.ts'
import { eventDefinition, type ReadEvent, type TriggerOf } from './event-definition.ts'

type VariableEvent = 'create' | 'update'

/**
 * Conditional event (Zeebe: "Conditional events"): waits for its condition to become true. It is looked at when it is
 * armed, and again when a variable it reads has changed (`step/conditions.ts`). At the start of a process it says under
 * which condition a host may start one.
 */
export const conditionalEvent = eventDefinition<'conditional'>({
  type: 'bpmn:ConditionalEventDefinition',
  catching: {
    positions: ['start', 'eventSubProcess', 'catch', 'boundary'],
    read: readCondition,
    arm(_, waiting, context) {
      context.write('conditionalSubscription.created', context.newKey(), { ...waiting })
    },
  },
  throwing: null,
})

/** Reads the condition, and `zeebe:conditionalFilter`: which variables and which changes of them are looked at. */
function readCondition({ definition }: ReadEvent<CatchPosition>, reader: Reader): TriggerOf<'conditional'> | null {
  const condition = reader.feel(definition.condition?.body, 'condition')
  const filter = reader.extension(definition, 'zeebe:ConditionalFilter')
  const variableNames = entries(filter?.variableNames)
  const events = readEvents(filter, reader)
  return condition && events !== false
    ? { kind: 'conditional', condition, variableNames, variableEvents: events }
    : null
}

function readEvents(filter: ModdleElement | null, reader: Reader): readonly VariableEvent[] | null | false {
  const given = entries(filter?.variableEvents)
  if (!given) return null
  const events = given.filter((one): one is VariableEvent => one === 'create' || one === 'update')
  if (events.length === given.length) return events
  reader.problem('EVENT_NOT_EXECUTED', { type: `zeebe:conditionalFilter variableEvents ${given.join(', ')}` })
  return false
}

/** The entries of a comma list; null when there are none. */
function entries(text: unknown): readonly string[] | null {
  if (typeof text !== 'string') return null
  const all = text.split(',').flatMap((one) => one.trim() || [])
  return all.length > 0 ? all : null
}
