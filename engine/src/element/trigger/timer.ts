import type { ModdleElement } from 'bpmn-moddle'
import type { EventTrigger, TimerTrigger } from '../../model/definition.ts'
import { addDuration, parseCycle, parseDuration, parseInstant } from '../../model/time.ts'
import type { Json } from '../../record/json.ts'
import type { Context, EventPosition, Reader } from '../element.ts'
import { Fault } from '../fault.ts'
import { typeName } from '../type-name.ts'
import type { Waiting } from './open.ts'

const KINDS = { timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const

/**
 * Reads a timer definition (Zeebe: "Timer events"). A cycle is allowed only where it may fire again: at a boundary
 * event or event sub-process that does not interrupt.
 */
export function readTimer(
  definition: ModdleElement,
  position: EventPosition,
  interrupting: boolean,
  reader: Reader,
): EventTrigger | null {
  const given = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((name) => definition[name])
  const [name] = given
  if (!name || given.length > 1) {
    reader.problem('TIMER_INVALID', { value: given.join(', ') })
    return null
  }
  const kind = KINDS[name]
  if (kind === 'cycle' && (position === 'catch' || interrupting)) {
    reader.problem('TIMER_INVALID', { value: name })
    return null
  }
  const text: unknown = definition[name].body
  const expression = reader.required(text, name)
  if (!expression) return null
  if (expression.kind === 'static' && dueOf(kind, expression.source, 0) === null) {
    reader.problem('TIMER_INVALID', { value: expression.source })
    return null
  }
  return { kind: 'timer', timer: { kind, expression } }
}

/** Creates the timer. Throws `Fault` when the expression gives no date, duration or cycle. */
export function openTimer(timer: TimerTrigger, waiting: Waiting, context: Context): void {
  const { value, why } = context.judge(timer.expression)
  const due = dueOf(timer.kind, value, context.at)
  if (!due)
    throw new Fault('EXPRESSION_FAILED', {
      expression: timer.expression.source,
      message: `expected a ${timer.kind}, found ${typeName(value)}`,
    })
  context.write('timer.created', context.newKey(), {
    elementId: waiting.elementId,
    elementInstanceKey: waiting.elementInstanceKey,
    interrupting: waiting.interrupting,
    ...due,
    why,
  })
}

interface Due {
  readonly dueAt: number
  readonly repetitions: number
  readonly interval: string | null
}

/** When a timer fires first; null when the value is not of that kind. A time that has passed fires at once. */
function dueOf(kind: TimerTrigger['kind'], value: Json, at: number): Due | null {
  if (typeof value !== 'string') return null
  if (kind === 'date') {
    const dueAt = parseInstant(value)
    return dueAt === null ? null : { dueAt, repetitions: 0, interval: null }
  }
  if (kind === 'duration') {
    const duration = parseDuration(value)
    return duration ? { dueAt: addDuration(at, duration), repetitions: 0, interval: null } : null
  }
  const cycle = parseCycle(value)
  const interval = cycle && parseDuration(cycle.interval)
  if (!cycle || !interval) return null
  const dueAt = cycle.start ?? addDuration(at, interval)
  return { dueAt, repetitions: cycle.times < 0 ? -1 : cycle.times - 1, interval: cycle.interval }
}
