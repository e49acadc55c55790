import type { Decimal } from '../decimal.ts'
import { fromDecimal, toDecimal } from '../number.ts'
import type { FeelNumber, FeelValue } from '../value.ts'
import { FeelDate } from './date.ts'
import { FeelDateTime, type Moment, momentOf } from './date-time.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { FeelTime, NANOS_OF_DAY, NANOS_OF_SECOND } from './time.ts'

const DAY = BigInt(NANOS_OF_DAY)

/** Days and the rest of a duration, the rest not negative. */
function daysOf(nanos: bigint): Moment {
  const days = nanos / DAY - (nanos % DAY < 0n ? 1n : 0n)
  return { day: Number(days), nanos: Number(nanos - days * DAY) }
}

const nanosBetween = (from: Moment, to: Moment): bigint =>
  BigInt(to.day - from.day) * DAY + BigInt(to.nanos - from.nanos)

/** A day is its midnight, in UTC where the other has an offset (DMN 1.5 §10.3.2.9.4). */
const momentAt = (value: FeelDate | FeelDateTime): Moment =>
  value instanceof FeelDate ? { day: value.dayNumber, nanos: 0 } : value.moment

function plusDays(value: FeelDate | FeelTime | FeelDateTime, nanos: bigint): FeelValue {
  const by = daysOf(nanos)
  if (value instanceof FeelTime) {
    const sum = (value.nanosOfDay + by.nanos) % NANOS_OF_DAY
    return value.zone === null ? FeelTime.of(sum, value.offset) : FeelTime.inZone(sum, value.zone, value.offset!)
  }
  const from = momentAt(value)
  const sum = momentOf(from.day + by.day, from.nanos + by.nanos)
  return value instanceof FeelDate ? FeelDate.ofDay(sum.day) : FeelDateTime.ofMoment(sum, value.time)
}

function plusMonths(value: FeelDate | FeelDateTime, months: number): FeelValue {
  if (value instanceof FeelDate) return value.plusMonths(months)
  const date = value.date.plusMonths(months)
  return date && FeelDateTime.of(date, value.time, value.time.offset)
}

const isPoint = (value: FeelValue): value is FeelDate | FeelTime | FeelDateTime =>
  value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime

/** `point` and a duration; null where they do not go together. */
function pointPlus(point: FeelDate | FeelTime | FeelDateTime, by: FeelValue, sign: 1 | -1): FeelValue {
  if (by instanceof DaysDuration) return plusDays(point, sign === 1 ? by.nanos : -by.nanos)
  return by instanceof MonthsDuration && !(point instanceof FeelTime) ? plusMonths(point, sign * by.months) : null
}

function durationPlus(a: FeelValue, b: FeelValue, sign: 1 | -1): FeelValue {
  if (a instanceof DaysDuration && b instanceof DaysDuration)
    return DaysDuration.of(sign === 1 ? a.nanos + b.nanos : a.nanos - b.nanos)
  return a instanceof MonthsDuration && b instanceof MonthsDuration
    ? MonthsDuration.of(a.months + sign * b.months)
    : null
}

/**
 * `a + b` of which one at least is temporal (DMN 1.5 §10.3.2.13, addition): a date, time or date and time and a
 * duration in either order, or two durations of a kind. A month added keeps to the end of a shorter month; in a zone
 * months are added to what the clock shows, durations to the moment. Null for any other pair.
 */
export function addTemporal(a: FeelValue, b: FeelValue): FeelValue {
  if (isPoint(a)) return pointPlus(a, b, 1)
  return isPoint(b) ? pointPlus(b, a, 1) : durationPlus(a, b, 1)
}

/**
 * `a - b` of which one at least is temporal (DMN 1.5 §10.3.2.13, subtraction): what lies between two dates, dates and
 * times, or times, or what `addTemporal` adds. Null for any other pair, and for a local value and one at an offset.
 */
export function subtractTemporal(a: FeelValue, b: FeelValue): FeelValue {
  if (!isPoint(a)) return durationPlus(a, b, -1)
  if (!isPoint(b)) return pointPlus(a, b, -1)
  if (a instanceof FeelTime || b instanceof FeelTime) {
    if (!(a instanceof FeelTime && b instanceof FeelTime) || (a.offset === null) !== (b.offset === null)) return null
    return DaysDuration.of(BigInt(nanosInUtc(a) - nanosInUtc(b)))
  }
  if (a instanceof FeelDateTime && b instanceof FeelDateTime && a.isLocal !== b.isLocal) return null
  return DaysDuration.of(nanosBetween(momentAt(b), momentAt(a)))
}

/** Nanoseconds since midnight UTC; of a local time since its own. */
export const nanosInUtc = (time: FeelTime): number => time.nanosOfDay - (time.offset ?? 0) * NANOS_OF_SECOND

const decimal = (whole: bigint | number): Decimal => toDecimal(0).plus(String(whole))

function scaled(duration: FeelValue, scale: (size: Decimal) => Decimal): FeelValue {
  if (duration instanceof DaysDuration) {
    const nanos = scale(decimal(duration.nanos))
    return nanos.isFinite() && nanos.e < 40 ? DaysDuration.of(BigInt(nanos.toFixed(0))) : null
  }
  if (!(duration instanceof MonthsDuration)) return null
  const months = scale(decimal(duration.months))
  return months.isFinite() ? MonthsDuration.of(months.trunc().toNumber()) : null
}

/** `duration * n` (DMN 1.5 §10.3.2.13, multiplication): to the nanosecond, or whole months towards zero; null when too long. */
export function multiplyDuration(duration: FeelValue, n: FeelNumber): FeelValue {
  return scaled(duration, (size) => size.times(toDecimal(n)))
}

/**
 * `a / b` (DMN 1.5 §10.3.2.13, division): a duration by a number is a duration, by a duration of its kind a number.
 * Null for any other pair and for a divisor of zero.
 */
export function divideDuration(a: FeelValue, b: FeelValue): FeelValue {
  if (a instanceof DaysDuration && b instanceof DaysDuration)
    return b.nanos === 0n ? null : fromDecimal(decimal(a.nanos).div(decimal(b.nanos)))
  if (a instanceof MonthsDuration && b instanceof MonthsDuration)
    return b.months === 0 ? null : fromDecimal(decimal(a.months).div(b.months))
  if (b instanceof DaysDuration || b instanceof MonthsDuration) return null
  const divisor = toDecimal(b as FeelNumber)
  return divisor.isZero() ? null : scaled(a, (size) => size.div(divisor))
}

/** `-duration`. */
export function negateDuration(duration: DaysDuration | MonthsDuration): FeelValue {
  return duration instanceof DaysDuration ? DaysDuration.of(-duration.nanos) : MonthsDuration.of(-duration.months)
}
