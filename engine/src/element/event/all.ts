import type { ModdleElement } from 'bpmn-moddle'
import type { EventThrow, EventTrigger, ThrowKind, TriggerKind } from '../../model/definition.ts'
import {
  type CatchPosition,
  type Context,
  complete,
  type Outcome,
  type Reader,
  type ThrowPosition,
} from '../element.ts'
import { compensationEvent } from './compensation.ts'
import { conditionalEvent } from './conditional.ts'
import { errorEvent } from './error.ts'
import { escalationEvent } from './escalation.ts'
import type { Catching, EventDefinition, Throwing, Waiting } from './event-definition.ts'
import { linkEvent } from './link.ts'
import { messageEvent } from './message.ts'
import { signalEvent } from './signal.ts'
import { terminateEvent } from './terminate.ts'
import { timerEvent } from './timer.ts'

/** Every event definition that is executed. What is not here, or not at a position, is refused at deploy. */
const catching = {
  timer: timerEvent,
  message: messageEvent,
  signal: signalEvent,
  conditional: conditionalEvent,
  error: errorEvent,
  escalation: escalationEvent,
  compensation: compensationEvent,
  link: linkEvent,
} as const
const throwing = {
  message: messageEvent,
  signal: signalEvent,
  error: errorEvent,
  escalation: escalationEvent,
  compensation: compensationEvent,
  link: linkEvent,
  terminate: terminateEvent,
} as const

const byType = new Map<string, EventDefinition>()
for (const definition of [...Object.values(catching), ...Object.values(throwing)])
  byType.set(definition.type, definition as unknown as EventDefinition)

function catchingOf(kind: TriggerKind): Catching<TriggerKind> | null {
  return ((catching as { [kind: string]: unknown })[kind] as EventDefinition | undefined)?.catching ?? null
}

function throwingOf(kind: ThrowKind): Throwing<ThrowKind> | null {
  return ((throwing as { [kind: string]: unknown })[kind] as EventDefinition | undefined)?.throwing ?? null
}

/** What an event waits for; null (with a problem) when it is missing or not executed at this position. */
export function readTrigger(event: ModdleElement, position: CatchPosition, reader: Reader): EventTrigger | null {
  const definition = position === 'receiveTask' ? event : onlyDefinition(event, reader)
  if (!definition) return null
  const type = position === 'receiveTask' ? messageEvent.type : definition.$type
  if (type !== messageEvent.type && reader.extension(event, 'bihuan:CaseAction')) {
    reader.problem('ELEMENT_NOT_EXECUTED', { type: `bihuan:caseAction at ${type}` })
    return null
  }
  const caught = byType.get(type)?.catching
  if (!caught?.positions.includes(position)) {
    reader.problem('EVENT_NOT_EXECUTED', { type })
    return null
  }
  const interrupting = position === 'boundary' ? event.cancelActivity !== false : event.isInterrupting !== false
  return caught.read({ event, definition, position, interrupting }, reader)
}

/** What an event throws; `none` without a definition, null (with a problem) when it is not executed at this position. */
export function readThrow(event: ModdleElement, position: ThrowPosition, reader: Reader): EventThrow | null {
  if (((event.eventDefinitions ?? []) as ModdleElement[]).length === 0) return { kind: 'none' }
  const definition = onlyDefinition(event, reader)
  if (!definition) return null
  const thrown = byType.get(definition.$type)?.throwing
  if (!thrown?.positions.includes(position)) {
    reader.problem('EVENT_NOT_EXECUTED', { type: definition.$type })
    return null
  }
  return thrown.read({ event, definition, position, interrupting: true }, reader)
}

function onlyDefinition(event: ModdleElement, reader: Reader): ModdleElement | null {
  const [definition, more] = (event.eventDefinitions ?? []) as ModdleElement[]
  if (definition && !more && event.parallelMultiple !== true) return definition
  reader.problem('EVENT_NOT_EXECUTED', { type: definition ? 'several event definitions' : 'no event definition' })
  return null
}

/** Begins to wait for an event; gives whether there is something to wait for (else it is looked up, or jumped to). Throws `Fault`. */
export function armTrigger(trigger: EventTrigger, waiting: Waiting, context: Context): boolean {
  const arm = catchingOf(trigger.kind)?.arm ?? null
  arm?.(trigger, waiting, context)
  return arm !== null
}

/** Throws an event. Throws `Fault`. */
export function performThrow(what: EventThrow, context: Context): Outcome {
  return what.kind === 'none' ? complete() : (throwingOf(what.kind)?.perform(what, context) ?? complete())
}
