import { fromDecimal, toDecimal } from '../number.ts'
import { type FeelNumber, FeelRange, type FeelValue } from '../value.ts'
import { weekdayOf } from './civil.ts'
import { FeelDate } from './date.ts'
import { FeelDateTime } from './date-time.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { FeelTime, NANOS_OF_DAY } from './time.ts'

const SECOND = 1_000_000_000n

/** Seconds of so many nanoseconds. */
function secondsOf(nanos: bigint): FeelNumber | null {
  const whole = Number(nanos / SECOND)
  if (nanos % SECOND === 0n && Number.isSafeInteger(whole)) return whole
  return fromDecimal(toDecimal(0).plus(String(nanos)).div(String(SECOND)))
}

/**
 * The property of a value (DMN 1.5 §10.3.2.15, tables of its kinds; a range has its ends); undefined when its kind has
 * none of that name, null where this value has none (`time offset` of a local time).
 */
export function propertyOf(value: FeelValue, name: string): FeelValue | undefined {
  if (value instanceof FeelDate) return ofDate(value, name)
  if (value instanceof FeelDateTime) return ofDateTime(value, name)
  if (value instanceof FeelTime) return ofTime(value, name)
  if (value instanceof DaysDuration) return ofDays(value, name)
  if (value instanceof MonthsDuration) return ofMonths(value, name)
  return value instanceof FeelRange ? ofRange(value, name) : undefined
}

function ofDate(date: FeelDate, name: string): FeelValue | undefined {
  switch (name) {
    case 'year':
      return date.year
    case 'month':
      return date.month
    case 'day':
      return date.day
    case 'weekday':
      return weekdayOf(date.dayNumber)
    case 'value':
      return secondsOf(BigInt(date.dayNumber) * BigInt(NANOS_OF_DAY))
    default:
      return undefined
  }
}

function ofTime(time: FeelTime, name: string): FeelValue | undefined {
  switch (name) {
    case 'hour':
      return time.hour
    case 'minute':
      return time.minute
    case 'second':
      return time.second
    case 'time offset':
      return time.offset === null ? null : DaysDuration.of(BigInt(time.offset) * 1_000_000_000n)
    case 'timezone':
      return time.zone
    case 'value':
      return secondsOf(BigInt(time.nanosOfDay))
    default:
      return undefined
  }
}

function ofDateTime(value: FeelDateTime, name: string): FeelValue | undefined {
  if (name === 'value') {
    const { day, nanos } = value.moment
    return secondsOf(BigInt(day) * BigInt(NANOS_OF_DAY) + BigInt(nanos))
  }
  const found = ofDate(value.date, name)
  return found === undefined ? ofTime(value.time, name) : found
}

function ofDays(duration: DaysDuration, name: string): FeelValue | undefined {
  switch (name) {
    case 'days':
    case 'hours':
    case 'minutes':
    case 'seconds':
      return duration.parts[name]
    case 'value':
      return secondsOf(duration.nanos)
    default:
      return undefined
  }
}

function ofMonths({ months }: MonthsDuration, name: string): FeelValue | undefined {
  switch (name) {
    case 'years':
      return Math.trunc(months / 12) + 0
    case 'months':
      return (months % 12) + 0
    case 'value':
      return months
    default:
      return undefined
  }
}

function ofRange(range: FeelRange, name: string): FeelValue | undefined {
  switch (name) {
    case 'start':
      return range.start
    case 'end':
      return range.end
    case 'start included':
      return range.startIncluded
    case 'end included':
      return range.endIncluded
    default:
      return undefined
  }
}
