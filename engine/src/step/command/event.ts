import { addDuration, parseDuration } from '../../model/time.ts'
import type { Command } from '../../record/record.ts'
import type { Timer } from '../../state/state.ts'
import { newKey, type Run, write } from '../run.ts'
import { triggerEvent } from '../trigger.ts'
import { notFound } from './find.ts'

/** Fires a timer. One that repeats is created anew, due one interval after this one was due (SPEC TI2). */
export function triggerTimer(run: Run, command: Command<'timer.trigger'>): void {
  const timer = run.state.timers.get(command.key ?? 0)
  if (!timer) throw notFound(run)
  write(run, 'timer.triggered', timer.key, { elementId: timer.elementId, dueAt: timer.dueAt })
  repeat(run, timer)
  triggerEvent(run, timer.elementId, timer.elementInstanceKey, {})
}

function repeat(run: Run, timer: Timer): void {
  const interval = timer.interval === null ? null : parseDuration(timer.interval)
  if (!interval || timer.repetitions === 0) return
  write(run, 'timer.created', newKey(run), {
    elementId: timer.elementId,
    elementInstanceKey: timer.elementInstanceKey,
    dueAt: addDuration(timer.dueAt, interval),
    interrupting: timer.interrupting,
    repetitions: timer.repetitions < 0 ? -1 : timer.repetitions - 1,
    interval: timer.interval,
    why: null,
  })
}

/** Hands a message to a subscription; it stays open when its event does not interrupt. */
export function correlateMessage(run: Run, command: Command<'message.correlate'>): void {
  const subscription = run.state.subscriptions.get(command.key ?? 0)
  const { messageName, messageKey, variables } = command.value
  if (!subscription || subscription.messageName !== messageName) throw notFound(run)
  const { key, elementId, elementInstanceKey, interrupting: closed } = subscription
  write(run, 'messageSubscription.correlated', key, { elementId, messageName, messageKey, variables, closed })
  triggerEvent(run, elementId, elementInstanceKey, variables)
}
