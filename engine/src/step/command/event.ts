import { nextDue } from '../../model/due.ts'
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
  const due = nextDue(timer, run.at)
  if (!due) return
  const { elementId, elementInstanceKey, interrupting, dueAt, repetitions, interval, cron, endAt } = {
    ...timer,
    ...due,
  }
  write(run, 'timer.created', newKey(run), {
    elementId,
    elementInstanceKey,
    dueAt,
    interrupting,
    repetitions,
    interval,
    ...(cron === undefined ? {} : { cron }),
    ...(endAt === undefined ? {} : { endAt }),
    why: null,
  })
}

/** Hands a message to a subscription; it stays open when its event does not interrupt. */
export function correlateMessage(run: Run, command: Command<'message.correlate'>): void {
  const subscription = run.state.subscriptions.get(command.key ?? 0)
  const { messageName, messageKey, variables } = command.value
  if (subscription?.kind !== 'message' || subscription.messageName !== messageName) throw notFound(run)
  const { key, elementId, elementInstanceKey, interrupting: closed } = subscription
  write(run, 'messageSubscription.correlated', key, { elementId, messageName, messageKey, variables, closed })
  triggerEvent(run, elementId, elementInstanceKey, variables)
}

/** Hands a signal to a subscription; it stays open when its event does not interrupt. */
export function triggerSignal(run: Run, command: Command<'signal.trigger'>): void {
  const subscription = run.state.subscriptions.get(command.key ?? 0)
  const { signalName, signalKey, variables } = command.value
  if (subscription?.kind !== 'signal' || subscription.signalName !== signalName) throw notFound(run)
  const { key, elementId, elementInstanceKey, interrupting: closed } = subscription
  write(run, 'signalSubscription.triggered', key, { elementId, signalName, signalKey, variables, closed })
  triggerEvent(run, elementId, elementInstanceKey, variables)
}
