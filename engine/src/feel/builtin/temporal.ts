import { daysInMonth, weekdayOf, weekOfYear } from '../temporal/civil.ts'
import { FeelDate, ofClock } from '../temporal/index.ts'
import type { FeelValue } from '../value.ts'
import { type Builtin, builtin, type Family, scalar } from './builtin.ts'
import { dateOf } from './conversion.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A function of a date, or of the date of a date and time; null for anything else. */
const ofDate = (name: string, compute: (date: FeelDate) => FeelValue): readonly [string, Builtin] =>
  scalar(name, 'date', ([given]) => {
    const date = dateOf(given)
    return date && compute(date)
  })

/** DMN 1.5 §10.3.4.9 and §10.3.4.10, and those Camunda adds. `now` and `today` tell the time of the command. */
export const temporalFunctions: Family = [
  builtin('now', '', (_, env) => ofClock(env.at)),
  builtin('today', '', (_, env) => ofClock(env.at).date),
  ofDate('day of year', (date) => date.dayNumber - FeelDate.of(date.year, 1, 1)!.dayNumber + 1),
  ofDate('day of week', (date) => DAYS[weekdayOf(date.dayNumber) - 1]!),
  ofDate('month of year', (date) => MONTHS[date.month - 1]!),
  ofDate('week of year', (date) => weekOfYear(date.dayNumber)),
  ofDate('last day of month', (date) => FeelDate.of(date.year, date.month, daysInMonth(date.year, date.month))),
]
