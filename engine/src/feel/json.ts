import type { Json } from '../record/json.ts'
import { BudgetError, limits } from './budget.ts'
import { temporalText } from './temporal.ts'

/** Sets a plain own entry, `__proto__` included (plain assignment would change the prototype instead). */
export function setEntry(target: { [name: string]: Json }, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}

/** What cannot become a variable: a function, a range, a number outside JSON. */
export class NotJsonError extends Error {}

/**
 * Rebuilds an evaluation result as plain JSON that shares nothing with the interpreter or its input. Dates, times and
 * durations become ISO 8601 text. Throws `NotJsonError` for functions, ranges and numbers JSON cannot hold.
 */
export function toJson(value: unknown): Json {
  let left: number = limits.weight
  function build(part: unknown, depth: number): Json {
    if (--left < 0 || depth > 64) throw new BudgetError('the result is too large or too deep')
    if (part === null || part === undefined) return null
    switch (typeof part) {
      case 'boolean':
        return part
      case 'string':
        if (part.length > limits.text) throw new BudgetError('the result is too long a text')
        return part
      case 'number':
        if (!Number.isFinite(part)) throw new NotJsonError('the result is not a finite number')
        return part === 0 ? 0 : part
      case 'object': {
        if (Array.isArray(part)) return part.map((item) => build(item, depth + 1))
        const prototype: unknown = Object.getPrototypeOf(part)
        if (prototype !== Object.prototype && prototype !== null) {
          const text = temporalText(part)
          if (text !== null) return text
          throw new NotJsonError('the result is a function or a range, not a value')
        }
        const result: { [name: string]: Json } = {}
        for (const [name, entry] of Object.entries(part)) setEntry(result, name, build(entry, depth + 1))
        return result
      }
      default:
        throw new NotJsonError('the result is a function or a range, not a value')
    }
  }
  return build(value, 0)
}

/** At most this many values of one input are kept as the "why" of a decision. */
const WHY_WEIGHT = 300

/** An input as it is kept beside a decision: itself while small, else its size (`{count: 1200}`). */
export function asInput(value: Json): Json {
  let left = WHY_WEIGHT
  const fits = (part: Json): boolean => {
    if (--left < 0) return false
    if (typeof part === 'string') return part.length <= 1000
    if (part === null || typeof part !== 'object') return true
    return (Array.isArray(part) ? part : Object.values(part)).every(fits)
  }
  if (fits(value)) return value
  if (typeof value === 'string') return value.slice(0, 1000)
  return { count: Array.isArray(value) ? value.length : Object.keys(value as object).length }
}
