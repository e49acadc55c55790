import type { TimerTrigger } from '../../model/definition.ts'
import { firstDue } from '../../model/due.ts'
import type { CatchPosition, Context, Reader } from '../element.ts'
import { Fault } from '../fault.ts'
import { typeName } from '../type-name.ts'
import { eventDefinition, type ReadEvent, type TriggerOf, type Waiting } from './event-definition.ts'

/**
 * Timer event (Zeebe: "Timer events"): a date, a duration, or a cycle where it may fire again: an ISO 8601 repeating
 * interval or a cron expression.
 */
export const timerEvent = eventDefinition<'timer'>({
  type: 'bpmn:TimerEventDefinition',
  catching: {
    positions: ['start', 'eventSubProcess', 'catch', 'boundary'],
    read: readTimer,
    arm: ({ timer }, waiting, context) => openTimer(timer, waiting, context),
  },
  throwing: null,
})

const KINDS = { timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const

/**
 * Reads a timer definition (Zeebe: "Timer events"). A cycle is allowed only where it may fire again: at the start of a
 * process, and at a boundary event or event sub-process that does not interrupt. A process is not started after a
 * duration: nothing says since when.
 */
function readTimer(
  { definition, position, interrupting }: ReadEvent<CatchPosition>,
  reader: Reader,
): TriggerOf<'timer'> | null {
  const given = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((name) => definition[name])
  const [name] = given
  if (!name || given.length > 1) {
    reader.problem('TIMER_INVALID', { value: given.join(', ') })
    return null
  }
  const kind = KINDS[name]
  const unfit = position === 'start' ? 'duration' : position === 'catch' || interrupting ? 'cycle' : null
  if (kind === unfit) {
    reader.problem('TIMER_INVALID', { value: name })
    return null
  }
  const text: unknown = definition[name].body
  const expression = reader.required(text, name)
  if (!expression) return null
  if (expression.kind === 'static' && firstDue({ kind }, expression.source, 0) === null) {
    reader.problem('TIMER_INVALID', { value: expression.source })
    return null
  }
  return { kind: 'timer', timer: { kind, expression } }
}

/** Creates the timer; none when its end has passed. Throws `Fault` when the expression gives no date, duration or cycle. */
function openTimer(timer: TimerTrigger, waiting: Waiting, context: Context): void {
  const { value, why } = context.judge(timer.expression)
  const due = firstDue(timer, value, context.at)
  if (!due)
    throw new Fault('EXPRESSION_FAILED', {
      expression: timer.expression.source,
      message: `expected a ${timer.kind}, found ${typeName(value)}`,
    })
  if (due !== 'never') context.write('timer.created', context.newKey(), { ...waiting, ...due, why })
}
