import { Rejection } from '@bihuan/engine'
import { invalid } from './fault.ts'

/** Milliseconds as ISO 8601 in UTC. */
export const time = (at: number): string => new Date(at).toISOString()

/** The same for a time that may be absent. */
export const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at))

/** A key on the wire. */
export const wireKey = (key: number): string => String(key)
export const wireKeyOrNull = (key: number | null): string | null => (key === null ? null : String(key))

/** A key out of a path; what is no key names nothing. Throws `NOT_FOUND`. */
export function readKey(text: string | undefined): number {
  const key = /^[0-9]{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(key)) throw new Rejection('NOT_FOUND')
  return key
}

const DAY = 86_400_000

/** A day (`2026-03-02`) of Asia/Shanghai: its first moment, and that of the next. Null for what is no day. */
export function readDay(text: string): { readonly begin: number; readonly end: number } | null {
  const begin = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00+08:00`) : Number.NaN
  // 31 February is read as a day of March.
  const isDay = !Number.isNaN(begin) && new Date(begin + 8 * 3_600_000).toISOString().startsWith(text)
  return isDay ? { begin, end: begin + DAY } : null
}

/** Where a page ended: a time and a key. */
export interface Cursor {
  readonly at: number
  readonly key: number
}

export const writeCursor = ({ at, key }: Cursor): string => writeNumbers(at, key)

/** Reads a cursor this server gave; another is `BODY_INVALID`. */
export function readCursor(text: string | undefined): Cursor | null {
  const [at, key] = readNumbers(text, 2) ?? []
  return at === undefined || key === undefined ? null : { at, key }
}

/** Whole numbers as one word: the cursor of a list that has an order of its own. */
export const writeNumbers = (...numbers: readonly number[]): string =>
  Buffer.from(numbers.join('.')).toString('base64url')

/** Reads a cursor of so many whole numbers, null when absent; another is `BODY_INVALID`. */
export function readNumbers(text: string | undefined, count: number): readonly number[] | null {
  if (text === undefined || text === '') return null
  const numbers = Buffer.from(text, 'base64url').toString('utf8').split('.').map(Number)
  if (numbers.length !== count || !numbers.every(Number.isSafeInteger)) throw invalid('cursor', 'cursor')
  return numbers
}
