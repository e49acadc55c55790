import { Cron } from 'croner'

/** Minutes that Asia/Shanghai is ahead of UTC: the zone of every calendar rule. */
const ZONE_MINUTES = 8 * 60
const LONGEST = 200

const MACROS = new Map([
  ['@yearly', '0 0 0 1 1 *'],
  ['@annually', '0 0 0 1 1 *'],
  ['@monthly', '0 0 0 1 * *'],
  ['@weekly', '0 0 0 * * 0'],
  ['@daily', '0 0 0 * * *'],
  ['@midnight', '0 0 0 * * *'],
  ['@hourly', '0 0 * * * *'],
])

/** A cron expression that can be asked when it is due. It reads no clock and schedules nothing. */
interface CronSchedule {
  /** The first due time after an instant; null when there is none. */
  after(at: number): number | null
}

const known = new Map<string, CronSchedule | null>()

/**
 * Reads a cron expression as Spring and Camunda 8 have it: second, minute, hour, day of month, month, day of week
 * (`0 0 8 ? * MON-FRI`), or a macro (`@daily`), in Asia/Shanghai. Day of month and day of week must both fit. Null when
 * it is none, or is never due.
 */
export function parseCron(text: string): CronSchedule | null {
  const found = known.get(text)
  if (found !== undefined) return found
  const schedule = read(text)
  if (known.size >= 1000) known.clear()
  known.set(text, schedule)
  return schedule
}

function read(text: string): CronSchedule | null {
  if (text.length > LONGEST) return null
  const pattern = MACROS.get(text) ?? text
  const fields = pattern.trim().split(/\s+/)
  if (fields.length !== 6 || !/^[\w*?,/#\s-]+$/.test(pattern)) return null
  // A question mark may stand for any day alone.
  if (fields.some((field, index) => field.includes('?') && (field !== '?' || (index !== 3 && index !== 5)))) return null
  let cron: Cron
  try {
    cron = new Cron(fields.map((field) => (field === '?' ? '*' : field)).join(' '), {
      paused: true,
      utcOffset: ZONE_MINUTES,
      mode: '6-part',
      domAndDow: true,
      sloppyRanges: true,
    })
  } catch {
    return null
  }
  const after = (at: number): number | null => cron.nextRun(new Date(at))?.getTime() ?? null
  try {
    return after(0) === null ? null : { after }
  } catch {
    // The stack ends before the calendar does: no day fits (`0 0 0 31 4,6 *`).
    return null
  }
}
