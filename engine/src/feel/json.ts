import type { Json } from '../record/json.ts'
import { BudgetError, FeelFailure, limits } from './budget.ts'
import { isNumber, numberText } from './number.ts'
import { temporalText } from './temporal/index.ts'
import { type FeelValue, isContext, isList, setEntry, typeOf } from './value.ts'

export { setEntry } from './value.ts'

/** What cannot become a variable: a function, a range, a number outside JSON. */
export class NotJsonError extends FeelFailure {}

const DEEPEST = 64

/**
 * Rebuilds the result of an evaluation as plain JSON that shares nothing with the evaluation or its input. Dates, times
 * and durations become ISO 8601 text. Throws `NotJsonError` for functions, ranges and numbers JSON cannot hold.
 */
export function toJson(value: FeelValue): Json {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return numberOf(value)
    case 'string':
      return textOf(value)
  }
  return value === null ? null : build(value, { left: limits.weight }, 0)
}

function build(value: FeelValue, counter: { left: number }, depth: number): Json {
  counter.left -= 1
  if (counter.left < 0 || depth > DEEPEST) throw new BudgetError('the result is too large or too deep')
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null
  if (typeof value === 'string') return textOf(value)
  if (isNumber(value)) return numberOf(typeof value === 'number' ? value : value.toNumber())
  if (isList(value)) {
    const items: Json[] = []
    for (let index = 0; index < value.length; index += 1) items.push(build(value[index]!, counter, depth + 1))
    return items
  }
  if (isContext(value)) {
    const result: { [name: string]: Json } = {}
    for (const name of Object.keys(value)) setEntry(result, name, build(value[name]!, counter, depth + 1))
    return result
  }
  const text = temporalText(value)
  if (text !== null) return text
  throw new NotJsonError('the result is a function or a range, not a value')
}

function numberOf(value: number): number {
  if (!Number.isFinite(value)) throw new NotJsonError('the result is not a finite number')
  return value === 0 ? 0 : value
}

function textOf(value: string): string {
  if (value.length > limits.text) throw new BudgetError('the result is too long a text')
  return value
}

/** At most this many values of one input are kept as the "why" of a decision. */
const WHY_WEIGHT = 300
const WHY_TEXT = 1_000

/** An input as it is kept beside a decision: itself while small, else its size (`{count: 1200}`). */
export function asInput(value: FeelValue): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value === 'string') return value.length > WHY_TEXT ? value.slice(0, WHY_TEXT) : value
  const seen = { left: WHY_WEIGHT, plain: true }
  if (fits(value, seen)) return seen.plain ? (value as Json) : asText(value)
  if (isList(value)) return { count: value.length }
  return { count: Object.keys(value).length }
}

function fits(value: FeelValue, seen: { left: number; plain: boolean }): boolean {
  seen.left -= 1
  if (seen.left < 0) return false
  if (typeof value === 'string') return value.length <= WHY_TEXT
  if (value === null || typeof value !== 'object') return true
  if (isList(value)) return value.every((item) => fits(item, seen))
  if (isContext(value))
    return Object.entries(value).every(([name, entry]) => name.length <= WHY_TEXT && fits(entry, seen))
  seen.plain = false
  return true
}

/** A small value that is not JSON: dates as text, as numbers that JSON cannot hold, and functions by their kind. */
function asText(value: FeelValue): Json {
  if (isList(value)) return value.map(asText)
  if (isContext(value)) {
    const result: { [name: string]: Json } = {}
    for (const [name, entry] of Object.entries(value)) setEntry(result, name, asText(entry))
    return result
  }
  if (isNumber(value)) {
    const plain = Number(value)
    return Number.isFinite(plain) ? plain : numberText(value)
  }
  if (value === null || typeof value !== 'object') return value
  return temporalText(value) ?? typeOf(value)
}
