/**
 * Deadlines as people read them. Days are calendar days in Asia/Shanghai (UTC+8, no daylight saving), never those of
 * the machine: a phone set to another zone must not show another deadline.
 */
const DAY = 86_400_000
const SHANGHAI = 8 * 3_600_000

/** From how many days before the end a running clock turns amber. */
export const SOON_DAYS = 3

export type ClockTone = 'green' | 'amber' | 'red'

export interface Clock {
  readonly tone: ClockTone
  /** Whole calendar days until the day it is due; 0 on that day, and never negative. */
  readonly daysLeft: number
  /** Calendar days past the day it was due; at least 1 once the moment has passed on an earlier day, 0 on the day. */
  readonly daysLate: number
  readonly late: boolean
  /** Share of the time from `since` to `dueAt` that is used, 0 to 1. */
  readonly used: number
}

export interface ShanghaiTime {
  readonly year: number
  readonly month: number
  readonly day: number
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
}

/** Number of the calendar day in Shanghai that holds this moment; consecutive days differ by 1. */
export function dayNumber(time: string | number): number {
  return Math.floor((epoch(time) + SHANGHAI) / DAY)
}

/** The parts of a moment on a clock in Shanghai. */
export function shanghaiTime(time: string | number): ShanghaiTime {
  const local = new Date(epoch(time) + SHANGHAI)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay() || 7,
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  }
}

/**
 * The day a period that ends at `until` is last open. A period may end at 24:00, which the machine writes as 00:00 of
 * the next day: people read the day before.
 */
export function lastDay(until: string | number): ShanghaiTime {
  return shanghaiTime(epoch(until) - 1)
}

/**
 * Reads a clock.
 * @param dueAt ISO time or milliseconds; a due time of 00:00 belongs to the day that ends there
 * @param now time of the server
 * @param since when what is timed began; without it `used` is 0 until late
 */
export function readClock(dueAt: string | number, now: string | number, since?: string | number | null): Clock {
  const due = epoch(dueAt)
  const at = epoch(now)
  const days = dayNumber(due - 1) - dayNumber(at)
  const late = at >= due
  const start = since === undefined || since === null ? null : epoch(since)
  const used = late ? 1 : start === null || due <= start ? 0 : Math.min(1, Math.max(0, (at - start) / (due - start)))
  return {
    tone: late ? 'red' : days <= SOON_DAYS ? 'amber' : 'green',
    daysLeft: Math.max(0, days),
    daysLate: late ? Math.max(0, -days) : 0,
    late,
    used,
  }
}

/** Calendar days between the days of two moments in Shanghai; negative when `to` lies before `from`. */
export function daysBetween(from: string | number, to: string | number): number {
  return dayNumber(to) - dayNumber(from)
}

const epoch = (time: string | number): number => (typeof time === 'number' ? time : Date.parse(time))
