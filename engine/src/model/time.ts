/** Zone of every calendar rule: Asia/Shanghai, UTC+8 without daylight saving. */
const ZONE_OFFSET = 8 * 3_600_000
const DAY = 86_400_000

/** Whether a number is a time that calendars have: whole milliseconds, 273,000 years around 1970 (ECMA-262 §21.4.1.1). */
export function isInstant(at: number): boolean {
  return Number.isInteger(at) && Math.abs(at) <= 8.64e15
}

/** An ISO 8601 duration. Years, months, weeks and days are calendar time in Asia/Shanghai; the rest is clock time. */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly milliseconds: number
}

const DURATION =
  /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/
// Years from 1000: JavaScript takes 0 to 99 for the last century, and no deadline is older.
const INSTANT =
  /^([1-9]\d{3})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1[0-8]):[0-5]\d)?(?:@([A-Za-z_/+-]+)|\[([A-Za-z_/+-]+)\])?)?$/
const CYCLE = /^R(\d{0,9})\/(?:([^/P][^/]*)\/)?(P[^/]+)(?:\/([^/P][^/]*))?$/

/** Reads an ISO 8601 duration; null when it is none. `P1DT12H`, `PT30M`, `P2W`; negative ones start with `-`. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION.exec(text)
  if (!match || !/\d/.test(text) || text.endsWith('T')) return null
  const [, minus, years, months, weeks, days, hours, minutes, seconds, fraction] = match
  const sign = minus ? -1 : 1
  const count = (digits: string | undefined) => (digits === undefined ? 0 : Number(digits))
  const duration = {
    months: sign * (count(years) * 12 + count(months)),
    days: sign * (count(weeks) * 7 + count(days)),
    milliseconds:
      sign *
      (count(hours) * 3_600_000 +
        count(minutes) * 60_000 +
        count(seconds) * 1000 +
        Math.trunc(count((fraction ?? '').padEnd(3, '0').slice(0, 3)))),
  }
  const far = Math.abs(duration.months) > 120_000 || Math.abs(duration.days) > 3_650_000
  return far || Math.abs(duration.milliseconds) > 3_650_000 * DAY ? null : duration
}

/** Adds a duration to an instant (milliseconds): months on the local calendar, clamped to the last day of the month. */
export function addDuration(at: number, duration: Duration): number {
  let local = at + ZONE_OFFSET
  if (duration.months !== 0) {
    const date = new Date(local)
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + duration.months
    const year = Math.floor(month / 12)
    const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate()
    const day = Math.min(date.getUTCDate(), last)
    local = Date.UTC(year, month - year * 12, day) + (((local % DAY) + DAY) % DAY)
  }
  return local - ZONE_OFFSET + duration.days * DAY + duration.milliseconds
}

/**
 * Reads an ISO 8601 date or date and time as milliseconds; null when it is none. Without an offset it is Shanghai
 * time; a date alone is its first instant there. Region names other than Asia/Shanghai are not known.
 */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text)
  if (!match) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset, at, bracket] = match
  const region = at ?? bracket ?? 'Asia/Shanghai'
  if (offset === undefined && region !== 'Asia/Shanghai' && region !== 'UTC') return null
  const [y, mo, d] = [Number(year), Number(month), Number(day)]
  const [h, mi, s] = [Number(hour), Number(minute), Number(second)]
  if (mo < 1 || mo > 12 || h > 24 || mi > 59 || s > 59 || (h === 24 && (mi > 0 || s > 0))) return null
  if (d < 1 || d > new Date(Date.UTC(y, mo, 0)).getUTCDate()) return null
  const local = Date.UTC(y, mo - 1, d, h, mi, s, Number(fraction.padEnd(3, '0').slice(0, 3)))
  return local - (offset === undefined && region === 'UTC' ? 0 : offsetOf(offset))
}

/** An instant as ISO 8601 text in Shanghai time: `2026-05-18T08:00:00+08:00`, with milliseconds when there are some. */
export function formatInstant(at: number): string {
  const text = new Date(at + ZONE_OFFSET).toISOString().replace(/\.000Z$/, 'Z')
  return text.replace('Z', '+08:00')
}

/**
 * When something posted at `at` has been open for `days` full days: the day of posting is not counted, it ends at
 * 24:00 in Shanghai (rules of reading numbers of the domain brief).
 */
export function endOfDays(at: number, days: number): number {
  const today = Math.floor((at + ZONE_OFFSET) / DAY)
  return (today + days + 1) * DAY - ZONE_OFFSET
}

function offsetOf(offset: string | undefined): number {
  if (offset === undefined) return ZONE_OFFSET
  if (offset === 'Z') return 0
  const sign = offset.startsWith('-') ? -1 : 1
  return sign * (Number(offset.slice(1, 3)) * 3_600_000 + Number(offset.slice(4, 6)) * 60_000)
}

/** A repeating interval of ISO 8601: `R3/PT1H`, `R/P1D`, `R2/2026-06-01T08:00:00+08:00/P1D/2026-06-30`. */
export interface Cycle {
  /** How many times it fires; -1 for endless. */
  readonly times: number
  /** First firing, at once when it has passed; null when it is one interval from the start. */
  readonly start: number | null
  readonly interval: string
  /** It does not fire after this; null without an end. */
  readonly end: number | null
}

/** Reads a repeating interval; null when it is none, or when it would fire more than once a second. */
export function parseCycle(text: string): Cycle | null {
  const match = CYCLE.exec(text)
  if (!match) return null
  const [, times = '', startText, interval = '', endText] = match
  const duration = parseDuration(interval)
  if (!duration || addDuration(0, duration) < 1000) return null
  const start = startText === undefined ? null : parseInstant(startText)
  const end = endText === undefined ? null : parseInstant(endText)
  if ((startText !== undefined && start === null) || (endText !== undefined && end === null)) return null
  const count = times === '' ? -1 : Number(times)
  return count === 0 ? null : { times: count, start, interval, end }
}
