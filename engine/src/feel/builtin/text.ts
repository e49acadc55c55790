import type { Env } from '../env.ts'
import { FeelDateTime, type Temporal } from '../temporal/index.ts'
import type { FeelValue } from '../value.ts'
import { NoText, type Style, Writer } from './writer.ts'

/** Writes a value; null when a part of it has no text in that style. Stops before it outgrows the budget. */
function written(value: FeelValue, style: Style, env: Env): string | null {
  try {
    return new Writer(style, env).textOf(value)
  } catch (error) {
    if (error instanceof NoText) return null
    throw error
  }
}

const FEEL: Style = {
  text: (text) => JSON.stringify(text),
  temporal: (value) => value.text(),
  key: (name) => `${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : JSON.stringify(name)}: `,
  separator: ', ',
  hasRanges: true,
  isSorted: false,
}

/** With a zone as java.time writes it: `2026-05-18T10:00:00+02:00[Europe/Berlin]`. */
function zonedText(value: Temporal): string {
  const zone = value instanceof FeelDateTime ? value.time.zone : null
  return zone === null ? value.text() : `${(value as FeelDateTime).offsetText()}[${zone}]`
}

const JSON_STYLE: Style = {
  text: (text) => JSON.stringify(text),
  temporal: (value) => JSON.stringify(zonedText(value)),
  key: (name) => `${JSON.stringify(name)}:`,
  separator: ',',
  hasRanges: false,
  isSorted: false,
}

/**
 * Text of a value as `string()` gives it (DMN 1.5 §10.3.4.1): a text as it is, lists and contexts as FEEL writes them.
 * Null for null and for functions.
 */
export function textOf(value: FeelValue, env: Env): string | null {
  if (value === null) return null
  return typeof value === 'string' ? value : written(value, FEEL, env)
}

/** Text of a value as JSON (Camunda `to json`); null for ranges and functions. */
export const jsonTextOf = (value: FeelValue, env: Env): string | null => written(value, JSON_STYLE, env)
