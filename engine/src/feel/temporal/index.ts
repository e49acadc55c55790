import { isTemporal } from './compare.ts'
import { FeelDateTime } from './date-time.ts'
import { FeelTime } from './time.ts'

export {
  addTemporal,
  divideDuration,
  multiplyDuration,
  nanosInUtc,
  negateDuration,
  subtractTemporal,
} from './arithmetic.ts'
export { ofClock } from './clock.ts'
export { compareTemporal, equalTemporal, isSameTemporal, isTemporal, type Temporal } from './compare.ts'
export { FeelDate } from './date.ts'
export { FeelDateTime } from './date-time.ts'
export { DaysDuration, MonthsDuration } from './duration.ts'
export { parseDate, parseDateTime, parseDuration, parseTime, parseZone } from './parse.ts'
export { propertyOf } from './property.ts'
export { FeelTime } from './time.ts'

/** Units of work of reckoning with a value: a named zone is looked up in the zone table, up to four times. */
export function costOf(value: unknown): number {
  const time = value instanceof FeelDateTime ? value.time : value
  return time instanceof FeelTime && time.zone !== null ? 100 : 1
}

/** ISO 8601 text of a value as it becomes JSON: an offset for a named zone. Null when it is none of the kinds. */
export function temporalText(value: unknown): string | null {
  if (!isTemporal(value)) return null
  return value instanceof FeelTime || value instanceof FeelDateTime ? value.offsetText() : value.text()
}
