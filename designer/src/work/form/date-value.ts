/**
 * Values of the `datetime` field, in the shapes form-js gives them: a date `2026-07-01`; a time or a date with time
 * with an offset (`utc_offset`), in UTC (`utc_normalized`) or bare (`no_timezone`). Wall-clock times are those of
 * Asia/Shanghai (UTC+8, no daylight saving), whatever zone the machine is set to.
 */
export type Subtype = 'date' | 'time' | 'datetime'

const MINUTE = 60_000
const SHANGHAI = 8 * 60 * MINUTE

export const subtypeOf = (value: unknown): Subtype => (value === 'time' || value === 'datetime' ? value : 'date')

const iso = (at: number): string => new Date(at).toISOString()

/** The calendar day it is in Shanghai at that moment (epoch milliseconds): `2026-07-01`. */
export const todayInShanghai = (now: number): string => iso(now + SHANGHAI).slice(0, 10)

/** What an `<input type=date|time|datetime-local>` shows for a value; empty for what is no such value. */
export function toInput(value: unknown, subtype: Subtype): string {
  if (typeof value !== 'string') return ''
  if (subtype === 'date') return isDay(value) ? value : ''
  const match =
    subtype === 'time'
      ? /^(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(value)
      : /^\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(value)
  if (!match) return ''
  const clock = match[1] ?? ''
  const zone = match[2]
  const day = subtype === 'time' ? '2000-01-01' : value.slice(0, 10)
  const at = Date.parse(`${day}T${clock}:00${zone ?? '+08:00'}`)
  if (Number.isNaN(at)) return ''
  const local = iso(at + SHANGHAI)
  return subtype === 'time' ? local.slice(11, 16) : local.slice(0, 16)
}

/** The value for what an input shows; null when it is empty. */
export function fromInput(shown: string, subtype: Subtype, format: unknown): string | null {
  if (shown === '') return null
  if (subtype === 'date') return shown
  const bare = shown.slice(0, subtype === 'time' ? 5 : 16)
  if (format === 'no_timezone') return bare
  if (format === 'utc_normalized') {
    const day = subtype === 'time' ? '2000-01-01T' : ''
    const at = iso(Date.parse(`${day}${bare}:00+08:00`))
    return subtype === 'time' ? `${at.slice(11, 16)}Z` : `${at.slice(0, 16)}Z`
  }
  return `${bare}+08:00`
}

function isDay(value: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && iso(at).startsWith(value)
}
