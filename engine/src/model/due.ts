import type { Json } from '../record/json.ts'
import { parseCron } from './cron.ts'
import type { TimerTrigger } from './definition.ts'
import { addDuration, type Duration, isInstant, parseCycle, parseDuration, parseInstant } from './time.ts'

/** How many missed firings a repeating timer makes up when its host has slept; older ones are dropped. */
export const CATCH_UP = 100

/** When a timer fires, and what it needs to fire again. */
export interface Due {
  readonly dueAt: number
  /** Further firings after this one; -1 for endless. */
  readonly repetitions: number
  /** ISO 8601 duration between firings; null for one firing, and for a cron expression. */
  readonly interval: string | null
  /** The cron expression it follows. */
  readonly cron?: string
  /** It does not fire after this. */
  readonly endAt?: number
}

/**
 * When a timer that is armed at `at` fires first (SPEC TI1–TI6): at a date, after a duration, or as a cycle says (ISO
 * 8601 repeating interval, or a cron expression). A time that has passed is due at once. `never` when its end has
 * passed; null when the value is not of that kind. Hosts use it for the timer start events of processes too.
 */
export function firstDue(timer: Pick<TimerTrigger, 'kind'>, value: Json, at: number): Due | 'never' | null {
  const due = typeof value === 'string' ? readDue(timer, value, at) : null
  return due !== null && due !== 'never' && !isInstant(due.dueAt) ? null : due
}

function readDue(timer: Pick<TimerTrigger, 'kind'>, value: string, at: number): Due | 'never' | null {
  if (timer.kind === 'date') {
    const dueAt = parseInstant(value)
    return dueAt === null ? null : { dueAt, repetitions: 0, interval: null }
  }
  if (timer.kind === 'duration') {
    const duration = parseDuration(value)
    return duration && { dueAt: addDuration(at, duration), repetitions: 0, interval: null }
  }
  const cycle = parseCycle(value)
  const interval = cycle && parseDuration(cycle.interval)
  if (cycle && interval) {
    const dueAt = cycle.start === null ? addDuration(at, interval) : Math.max(cycle.start, at)
    const due = { dueAt, repetitions: cycle.times < 0 ? -1 : cycle.times - 1, interval: cycle.interval }
    return cycle.end === null ? due : dueAt > cycle.end ? 'never' : { ...due, endAt: cycle.end }
  }
  const dueAt = parseCron(value)?.after(at) ?? null
  return dueAt === null ? null : { dueAt, repetitions: -1, interval: null, cron: value }
}

/**
 * When a timer that has fired at `at` fires again; null when it does not. It counts from when it was due, not from when
 * it fired, so it does not drift; what a sleeping host missed is made up, one after another, the last `CATCH_UP` of it.
 */
export function nextDue(fired: Due, at: number): Due | null {
  const next = fired.cron === undefined ? nextInterval(fired, at) : nextCron(fired, fired.cron, at)
  return next && isInstant(next.dueAt) && (next.endAt === undefined || next.dueAt <= next.endAt) ? next : null
}

function nextInterval(fired: Due, at: number): Due | null {
  const interval = fired.interval === null ? null : parseDuration(fired.interval)
  if (!interval || fired.repetitions === 0) return null
  const endless = fired.repetitions < 0
  const passed = Math.floor((at - fired.dueAt) / (addDuration(fired.dueAt, interval) - fired.dueAt))
  const missed = endless ? passed : Math.min(passed, fired.repetitions)
  const steps = Math.max(1, missed - CATCH_UP + 1)
  return {
    ...fired,
    dueAt: addDuration(fired.dueAt, times(interval, steps)),
    repetitions: endless ? -1 : fired.repetitions - steps,
  }
}

function nextCron(fired: Due, cron: string, at: number): Due | null {
  const schedule = parseCron(cron)
  const next = schedule?.after(fired.dueAt) ?? null
  if (!schedule || next === null) return null
  const window = CATCH_UP * (next - fired.dueAt)
  const dueAt = at - next > window ? schedule.after(at - window) : next
  return dueAt === null ? null : { ...fired, dueAt }
}

function times({ months, days, milliseconds }: Duration, count: number): Duration {
  return { months: months * count, days: days * count, milliseconds: milliseconds * count }
}
