import { dateAndTime, FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin'

/** Minutes east of UTC of the only zone Bihuan tells the time in: Asia/Shanghai, without summer time. */
const SHANGHAI_MINUTES = 8 * 60

/** `at` (milliseconds since 1970 in UTC) as FEEL date and time at offset +08:00, to the second. */
export function nowAt(at: number): FeelDateTime {
  const local = new Date(Math.floor(at / 1000) * 1000 + SHANGHAI_MINUTES * 60_000)
  return dateAndTime(`${local.toISOString().slice(0, 19)}+08:00`)!
}

/** Day of `at` in Shanghai: `2026-05-18`. */
export function dayAt(at: number): string {
  return new Date(at + SHANGHAI_MINUTES * 60_000).toISOString().slice(0, 10)
}

function offsetText(offset: FeelDuration): string {
  const minutes = offset.hours * 60 + offset.minutes
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
}

/**
 * A date, time, date and time or duration as ISO 8601 text; null when it is none of them. A named zone becomes its
 * offset, so that whoever reads the variable needs no zone table.
 */
export function temporalText(value: unknown): string | null {
  if (value instanceof FeelDate || value instanceof FeelDuration) return value.toString()
  if (value instanceof FeelTime || value instanceof FeelDateTime) {
    const text = value.toString()
    const zone = text.indexOf('@')
    return zone < 0 ? text : text.slice(0, zone) + offsetText(value['time offset'])
  }
  return null
}
