import { orderOf } from '../compare.ts'
import type { Env } from '../env.ts'
import { parseNumber } from '../number.ts'
import { parseDate, parseDateTime, parseDuration, parseTime } from '../temporal/index.ts'
import { FeelRange, type FeelValue } from '../value.ts'

const MOST_TEXT = 1_000
const RANGE = /^([[(\]])([\s\S]*)([\])[])$/
/** Up to the two dots, which may also stand inside of a text. */
const START = /^((?:[^".]|"(?:[^"\\]|\\[\s\S])*"|\.(?!\.))*)\.\./
const CALL = /^(?:@|(date and time|date|time|duration)\s*\(\s*)("(?:[^"\\]|\\[\s\S])*")(\s*\))?$/

/** The value of an end as a literal writes it: a number, a text, `@"…"`, `date("…")`; undefined for anything else. */
function endOf(text: string): FeelValue | undefined {
  if (text === '') return null
  if (text.startsWith('"')) return stringOf(text)
  const call = CALL.exec(text)
  if (!call) return parseNumber(text) ?? undefined
  const [, name, quoted, bracket] = call
  const inner = stringOf(quoted!)
  if (inner === undefined || (name === undefined) !== (bracket === undefined)) return undefined
  switch (name) {
    case 'date':
      return parseDate(inner) ?? undefined
    case 'time':
      return parseTime(inner) ?? undefined
    case 'date and time':
      return parseDateTime(inner) ?? undefined
    case 'duration':
      return parseDuration(inner) ?? undefined
    default:
      return temporalOf(inner) ?? undefined
  }
}

function stringOf(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** What `@"…"` is, told by its text (DMN 1.5 grammar rule 65). */
export function temporalOf(text: string): FeelValue {
  if (/^-?P/.test(text)) return parseDuration(text)
  return parseDate(text) ?? parseTime(text) ?? parseDateTime(text)
}

/**
 * The range a text writes (DMN 1.5 §10.3.4.1 `range`): `[18..21)`, `(..@"2026-05-18"]`. Null for other texts, for ends
 * of two kinds, in the wrong order, or missing on both sides.
 */
export function parseRange(text: string, env: Env): FeelRange | null {
  if (text.length > MOST_TEXT) return null
  env.work(text.length)
  const [, open, inside = '', close] = RANGE.exec(text.trim()) ?? []
  const [from, written] = START.exec(inside) ?? []
  if (from === undefined) return null
  const [start, end] = [endOf(written!.trim()), endOf(inside.slice(from.length).trim())]
  if (start === undefined || end === undefined || (start === null && end === null)) return null
  const isStartIncluded = open === '['
  const isEndIncluded = close === ']'
  if ((start === null && isStartIncluded) || (end === null && isEndIncluded)) return null
  if (start !== null && end !== null) {
    const order = orderOf(start, end, env)
    if (order === null || order > 0) return null
  }
  return new FeelRange(start, end, isStartIncluded, isEndIncluded)
}
