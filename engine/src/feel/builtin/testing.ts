import { Env } from '../env.ts'
import { isNumber } from '../number.ts'
import { isTemporal, type Temporal } from '../temporal/index.ts'
import { FeelFunction, FeelRange, type FeelValue, isContext, isList } from '../value.ts'
import { builtins } from './all.ts'
import { temporalOf } from './range-text.ts'

/** Monday 2026-05-18, 17:30 in UTC: the time of all tests of built-in functions. */
export const AT = Date.UTC(2026, 4, 18, 17, 30)

/** Calls a built-in function with a budget of its own; dates and long decimals come back as text. */
export function call(name: string, ...args: readonly (FeelValue | undefined)[]): unknown {
  const builtin = builtins.get(name)
  if (!builtin) throw new Error(`there is no function ${name}`)
  return plain(builtin.call(args, new Env([], { at: AT })))
}

/** `@"…"` */
export function at(text: string): Temporal {
  const value = temporalOf(text)
  if (!isTemporal(value)) throw new Error(`${text} is no date, time or duration`)
  return value
}

/** A range by its signs: `range('[1..5)', 1, 5)`. */
export const range = (signs: string, start: FeelValue, end: FeelValue): FeelRange =>
  new FeelRange(start, end, signs.startsWith('['), signs.endsWith(']'))

/** A function of the expression. */
export const fn = (body: (...args: FeelValue[]) => FeelValue): FeelFunction =>
  new FeelFunction(['a', 'b'].slice(0, Math.max(body.length, 1)), (args) => body(...args))

function plain(value: FeelValue): unknown {
  if (isTemporal(value)) return value.text()
  if (isNumber(value)) return typeof value === 'number' ? value : value.toString()
  if (isList(value)) return value.map(plain)
  if (isContext(value)) return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]))
  return value
}
