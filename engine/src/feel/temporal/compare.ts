import { nanosInUtc } from './arithmetic.ts'
import { FeelDate } from './date.ts'
import { FeelDateTime } from './date-time.ts'
import { DaysDuration, MonthsDuration } from './duration.ts'
import { FeelTime } from './time.ts'

/** A date, time, date and time or duration. */
export type Temporal = FeelDate | FeelTime | FeelDateTime | DaysDuration | MonthsDuration

/** Whether a value is a date, time, date and time or duration. */
export const isTemporal = (value: unknown): value is Temporal =>
  value instanceof FeelDate ||
  value instanceof FeelDateTime ||
  value instanceof FeelTime ||
  value instanceof DaysDuration ||
  value instanceof MonthsDuration

/**
 * Below, equal or above zero as `a` is before, at or after `b` (DMN 1.5 §10.3.2.7): moments whatever their zones.
 * Null for values of two kinds, and for a local one and one at an offset.
 */
export function compareTemporal(a: unknown, b: unknown): number | null {
  if (a instanceof FeelDate) return b instanceof FeelDate ? a.dayNumber - b.dayNumber : null
  if (a instanceof FeelDateTime) {
    if (!(b instanceof FeelDateTime) || a.isLocal !== b.isLocal) return null
    const [left, right] = [a.moment, b.moment]
    return left.day - right.day || left.nanos - right.nanos
  }
  if (a instanceof FeelTime) {
    if (!(b instanceof FeelTime) || (a.offset === null) !== (b.offset === null)) return null
    return nanosInUtc(a) - nanosInUtc(b)
  }
  if (a instanceof DaysDuration)
    return b instanceof DaysDuration ? (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0) : null
  return a instanceof MonthsDuration && b instanceof MonthsDuration ? a.months - b.months : null
}

/** `a = b`: the same moment or length; a local value is no other's equal. Null for values of two kinds. */
export function equalTemporal(a: unknown, b: unknown): boolean | null {
  const order = compareTemporal(a, b)
  if (order !== null) return order === 0
  const isOneKind =
    (a instanceof FeelTime && b instanceof FeelTime) || (a instanceof FeelDateTime && b instanceof FeelDateTime)
  return isOneKind ? false : null
}

/** Whether both are one element of the domain, offset and zone included (DMN 1.5 §10.3.4.5 `is`). */
export function isSameTemporal(a: Temporal, b: Temporal): boolean {
  return a.constructor === b.constructor && a.text() === b.text()
}
