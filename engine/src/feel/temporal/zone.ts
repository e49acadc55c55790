import { dayOfDate } from './civil.ts'

/** Seconds of a day. */
const DAY = 86_400
/** Moments (seconds since 1970 in UTC) that `Intl` can tell, without the years before Christ. Beyond: the offset there. */
const FIRST = dayOfDate(1, 1, 2) * DAY
const LAST = dayOfDate(270_000, 1, 1) * DAY

const MOST_ZONES = 1_000
const formats = new Map<string, Intl.DateTimeFormat | null>()

/** Names as the IANA database has them; `Intl` alone would take offsets and any mixture of cases. */
const NAME = /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = newFormat(zone)
  if (formats.size >= MOST_ZONES) formats.clear()
  formats.set(zone, format)
  return format
}

function newFormat(zone: string): Intl.DateTimeFormat | null {
  if (zone.length > 60 || !NAME.test(zone)) return null
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return null
  }
}

/** Whether there is such a zone in the IANA database. */
export const isZone = (zone: string): boolean => formatOf(zone) !== null

/** Seconds east of UTC in `zone` at a moment given in seconds since 1970 in UTC. */
export function offsetAt(zone: string, seconds: number): number {
  const format = formatOf(zone)
  if (!format) return 0
  const at = Math.min(Math.max(Math.floor(seconds), FIRST), LAST)
  const [month, day, year, hour, minute, second] = format
    .format(at * 1000)
    .match(/\d+/g)!
    .map(Number)
  return dayOfDate(year!, month!, day!) * DAY + hour! * 3600 + minute! * 60 + second! - at
}

/**
 * Offset of a local date and time (`local`: seconds since 1970 as if it were UTC) as java.time resolves it: in an
 * overlap the earlier moment, or `preferred` if it is one of the two; in a gap moved on by its length.
 */
export function resolveLocal(
  zone: string,
  local: number,
  preferred: number | null,
): { readonly offset: number; readonly shift: number } {
  const before = offsetAt(zone, local - DAY)
  const after = offsetAt(zone, local + DAY)
  if (before === after) return { offset: before, shift: 0 }
  const fits = (offset: number): boolean => offsetAt(zone, local - offset) === offset
  if (preferred !== null && (preferred === before || preferred === after) && fits(preferred))
    return { offset: preferred, shift: 0 }
  if (fits(before)) return { offset: before, shift: 0 }
  if (fits(after)) return { offset: after, shift: 0 }
  return { offset: after, shift: after - before }
}

/** Year whose winter and summer tell the offset of a time that has a zone and no date. */
const REFERENCE_YEAR = 2025

const standards = new Map<string, number>()

/** Seconds east of UTC in `zone` outside summer time. */
export function standardOffset(zone: string): number {
  const known = standards.get(zone)
  if (known !== undefined) return known
  const offset = Math.min(
    offsetAt(zone, dayOfDate(REFERENCE_YEAR, 1, 1) * DAY),
    offsetAt(zone, dayOfDate(REFERENCE_YEAR, 7, 1) * DAY),
  )
  if (standards.size >= MOST_ZONES) standards.clear()
  standards.set(zone, offset)
  return offset
}
