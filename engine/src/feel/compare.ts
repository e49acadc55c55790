import type { Env } from './env.ts'
import { compareNumbers, isNumber } from './number.ts'
import { compareTemporal, isTemporal } from './temporal/index.ts'
import type { FeelRange, FeelValue } from './value.ts'

/** Texts up to this length cost nothing to compare; of longer ones a unit stands for 2 ** 8 characters. */
const SHORT = 1_000
const CHARACTERS = 8

/**
 * Less than, equal to or more than zero, as a comes before b, with it or after it (DMN 1.5 §10.3.2.13, table of `<`).
 * Null for values that have no order between them, which `env` notes.
 */
export function compare(a: FeelValue, b: FeelValue, env: Env, operator = '<'): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const order = orderOf(a, b, env)
  return order === null ? env.unlike(operator, a, b) : order
}

/** As `compare`, without a note. */
export function orderOf(a: FeelValue, b: FeelValue, env: Env): number | null {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if (typeof a === 'string' && typeof b === 'string') {
    const length = Math.min(a.length, b.length)
    if (length > SHORT) env.work(length >> CHARACTERS)
    return a < b ? -1 : a > b ? 1 : 0
  }
  return isTemporal(a) && isTemporal(b) ? compareTemporal(a, b) : null
}

/** Whether a value lies within a range; null where it cannot be compared with its ends. */
export function within(value: FeelValue, range: FeelRange, env: Env): boolean | null {
  const { start, end } = range
  const low = start === null ? 1 : compare(value, start, env, 'in')
  if (low === null) return null
  if (low < 0 || (low === 0 && !range.startIncluded)) return false
  const high = end === null ? -1 : compare(value, end, env, 'in')
  if (high === null) return null
  return high < 0 || (high === 0 && range.endIncluded)
}
