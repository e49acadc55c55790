import { FeelDate } from './date.ts'
import { FeelDateTime } from './date-time.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { FeelTime, NANOS_OF_SECOND } from './time.ts'
import { isZone } from './zone.ts'

/** Longer texts are none of the four; a pattern need not look at them. */
const MOST_TEXT = 120

const DATE = /^(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)$/
const TIME =
  /^T?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z|z)|([+-])(\d\d):(\d\d)(?::(\d\d))?)?(?:@([^@[\]]+)|\[([^@[\]]+)\])?$/
const DAYS = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/
const MONTHS = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/

/** `2026-05-18` (DMN 1.5 §10.3.4.1 `date`); null for other texts and for days the calendar does not have. */
export function parseDate(text: string): FeelDate | null {
  const found = text.length > MOST_TEXT ? null : DATE.exec(text)
  if (!found) return null
  const [, sign, year, month, day] = found
  if (sign && Number(year) === 0) return null
  return FeelDate.of(sign ? -Number(year) : Number(year), Number(month), Number(day))
}

interface ReadTime {
  readonly time: FeelTime
  /** The offset that stands before a zone: `+02:00[Europe/Berlin]`. */
  readonly preferred: number | null
}

function readTime(text: string): ReadTime | null {
  const found = text.length > MOST_TEXT ? null : TIME.exec(text)
  if (!found) return null
  const [, hour, minute, second = '0', fraction = '', utc, sign, hours, minutes, seconds = '0', at, bracket] = found
  const zone = at ?? bracket ?? null
  // After `@` stands either an offset or a zone (DMN); with both, the zone stands in brackets (java.time).
  if (at !== undefined && (utc || sign)) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  if (Number(minutes ?? 0) > 59 || Number(seconds) > 59) return null
  const nanosOfDay =
    (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * NANOS_OF_SECOND + nanosOfFraction(fraction)
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)
  const offset = utc ? 0 : sign ? (sign === '-' && size > 0 ? -size : size) : null
  if (zone === null || (offset !== null && FeelTime.of(nanosOfDay, offset) === null)) {
    const time = FeelTime.of(nanosOfDay, offset)
    return time && { time, preferred: null }
  }
  if (zone === 'Z') return { time: FeelTime.of(nanosOfDay, 0)!, preferred: null }
  return isZone(zone) ? { time: FeelTime.inZone(nanosOfDay, zone), preferred: offset } : null
}

/** Nine digits after the point; what is finer is left out. */
const nanosOfFraction = (digits: string): number => Number(digits.slice(0, 9).padEnd(9, '0'))

/**
 * `10:15:30`, with `Z`, `+08:00` or `@Europe/Berlin` behind it (DMN 1.5 §10.3.4.1 `time`), also with a `T` before it;
 * seconds may be left out as in java.time. Null for other texts.
 */
export function parseTime(text: string): FeelTime | null {
  return readTime(text)?.time ?? null
}

/**
 * A date, `T` and a time (DMN 1.5 §10.3.4.1 `date and time`); `+02:00[Europe/Berlin]` as Camunda has it. A date alone
 * is its midnight. Null for other texts.
 */
export function parseDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T')
  if (at < 0) {
    const date = parseDate(text)
    return date && FeelDateTime.of(date, FeelTime.of(0)!)
  }
  const date = parseDate(text.slice(0, at))
  const read = date && text[at + 1] !== 'T' ? readTime(text.slice(at + 1)) : null
  return date && read && FeelDateTime.of(date, read.time, read.preferred)
}

/** `P1DT2H30M` or `P1Y2M`, with a minus before it (DMN 1.5 §10.3.4.1 `duration`). Null for other texts. */
export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  if (text.length > MOST_TEXT || text.endsWith('P') || text.endsWith('T')) return null
  const months = MONTHS.exec(text)
  if (months) {
    const [, sign, years = '0', rest = '0'] = months
    const count = Number(years) * 12 + Number(rest)
    return MonthsDuration.of(sign ? -count : count)
  }
  const days = DAYS.exec(text)
  if (!days) return null
  const [, sign, d = '0', h = '0', m = '0', s = '0', fraction = ''] = days
  const seconds = BigInt(d) * 86_400n + BigInt(h) * 3600n + BigInt(m) * 60n + BigInt(s)
  const nanos = seconds * BigInt(NANOS_OF_SECOND) + BigInt(nanosOfFraction(fraction))
  return DaysDuration.of(sign ? -nanos : nanos)
}

/** A zone as `date and time(date, timezone)` takes it: `Europe/Berlin`, `Z` or `+02:00`. As midnight there; else null. */
export function parseZone(text: string): FeelTime | null {
  return /^(?:Z$|[+-])/.test(text) ? parseTime(`00:00:00${text}`) : parseTime(`00:00:00@${text}`)
}
