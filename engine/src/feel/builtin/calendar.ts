import { type Env, FeelFailure } from '../env.ts'
import { weekdayOf } from '../temporal/civil.ts'
import { FeelDate, parseDate } from '../temporal/index.ts'
import { entryOf, type FeelValue, isContext, isList } from '../value.ts'
import { isText } from './builtin.ts'

const SATURDAY = 6

/** Which days are worked, as far as it is known. Days by number, 0 is 1970-01-01. */
export interface Calendar {
  readonly from: number
  readonly until: number
  readonly holidays: ReadonlySet<number>
  readonly workdays: ReadonlySet<number>
}

function dayOf(value: FeelValue | undefined): number | null {
  const date = isText(value) ? parseDate(value) : value
  return date instanceof FeelDate ? date.dayNumber : null
}

/** Days of a list of dates; null when one is none. No list: no days. */
function daysOf(list: FeelValue | undefined, env: Env): ReadonlySet<number> | null {
  if (list === undefined || list === null) return new Set()
  if (!isList(list)) return null
  env.work(6 * list.length)
  const days = list.map(dayOf)
  return days.includes(null) ? null : new Set(days as readonly number[])
}

/**
 * Reads `{ covered until: "2027-12-31", holidays: […], workdays: […] }`, with `covered from` where it begins later than
 * ever. Dates are dates or their text. Null when it is not so.
 */
export function calendarOf(value: FeelValue | undefined, env: Env): Calendar | null {
  if (!isContext(value)) return null
  const first = entryOf(value, 'covered from') ?? null
  const from = first === null ? Number.NEGATIVE_INFINITY : dayOf(first)
  const until = dayOf(entryOf(value, 'covered until'))
  const holidays = daysOf(entryOf(value, 'holidays'), env)
  const workdays = daysOf(entryOf(value, 'workdays'), env)
  return from === null || until === null || !holidays || !workdays ? null : { from, until, holidays, workdays }
}

/**
 * Whether a day is worked: a holiday is not; Saturday and Sunday are not, unless they are workdays (调休). Throws
 * `FeelFailure` for a day the calendar does not cover: nobody knows its holidays yet, and a guess would be a wrong term.
 */
export function isWorked(calendar: Calendar, day: number): boolean {
  if (day < calendar.from || day > calendar.until) {
    const text = FeelDate.ofDay(day)?.text() ?? 'such a day'
    throw new FeelFailure(`the calendar does not cover ${text}`)
  }
  if (calendar.holidays.has(day)) return false
  return weekdayOf(day) < SATURDAY || calendar.workdays.has(day)
}

/** The day on which `count` working days have passed after `day`, or before it when negative; itself for 0. */
export function addWorkingDays(calendar: Calendar, day: number, count: number, env: Env): number {
  const step = Math.sign(count)
  let at = day
  for (let left = Math.abs(count); left > 0; ) {
    env.spend(1)
    at += step
    if (isWorked(calendar, at)) left -= 1
  }
  return at
}

/** How many working days `addWorkingDays` has to add to come from one day to the other, or to the last before it. */
export function workingDaysBetween(calendar: Calendar, from: number, to: number, env: Env): number {
  const step = Math.sign(to - from)
  if (step !== 0) isWorked(calendar, to)
  let count = 0
  for (let at = from; at !== to; ) {
    env.spend(1)
    at += step
    if (isWorked(calendar, at)) count += step
  }
  return count
}
