/** A date as ISO 8601 writes it, as a pattern without its ends. */
export const DATE = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'

/** Whether a date text names a day that exists: 2026-02-30 does not. */
export function dayExists(text: string): boolean {
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  if (!day) return true
  const at = new Date(`${day[0]}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day[0])
}
