import { sizeOf } from './budget.ts'
import type { Env } from './env.ts'
import { compareNumbers, isNumber } from './number.ts'
import { equalTemporal, isTemporal } from './temporal/index.ts'
import { type FeelObject, FeelRange, type FeelValue, isContext, isList } from './value.ts'

/** Units of work of comparing a part of a list or context. */
const PART = 2
/** Texts up to this length cost nothing to compare; of longer ones a unit stands for 2 ** 11 characters. */
const SHORT = 1_000
const CHARACTERS = 11

/**
 * Whether two values are equal (DMN 1.5 §10.3.2.13, table of `=`). Null equals null and nothing else; values of
 * different kinds give null, which `env` notes. Inside lists and contexts such values are just not equal.
 */
export function equals(a: FeelValue, b: FeelValue, env: Env): boolean | null {
  const kind = typeof a
  if (kind === typeof b && kind !== 'object') return sameSimple(a, b, env)
  if (a === null || b === null) return a === b
  const result = same(a, b, env)
  return result === null ? env.unlike('=', a, b) : result
}

/** As `equals`, where there is nobody to tell of unlike values: they are not equal. For searching in lists. */
export function isSame(a: FeelValue, b: FeelValue, env: Env): boolean {
  const kind = typeof a
  if (kind === typeof b && kind !== 'object') return sameSimple(a, b, env)
  if (a === null || b === null) return a === b
  return same(a, b, env) === true
}

function sameSimple(a: FeelValue, b: FeelValue, env: Env): boolean {
  if (typeof a === 'string' && a.length > SHORT && a.length === (b as string).length) env.work(a.length >> CHARACTERS)
  return a === b
}

function same(a: FeelValue, b: FeelValue, env: Env): boolean | null {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0
  if (typeof a !== 'object' || typeof b !== 'object') return null
  if (isList(a)) return isList(b) ? sameLists(a, b, env) : null
  if (isContext(a)) return isContext(b) ? sameContexts(a, b, env) : null
  if (a instanceof FeelRange) return b instanceof FeelRange ? sameRanges(a, b, env) : null
  if (isTemporal(a) && isTemporal(b)) return equalTemporal(a, b)
  return a === b ? true : null
}

function sameLists(a: readonly FeelValue[], b: readonly FeelValue[], env: Env): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  env.work(PART * Math.min(sizeOf(a), sizeOf(b)))
  return a.every((item, index) => isSame(item, b[index]!, env))
}

function sameContexts(a: FeelObject, b: FeelObject, env: Env): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  env.work(PART * Math.min(sizeOf(a), sizeOf(b)))
  return names.every((name) => Object.hasOwn(b, name) && isSame(a[name]!, b[name]!, env))
}

const sameRanges = (a: FeelRange, b: FeelRange, env: Env): boolean =>
  a.startIncluded === b.startIncluded &&
  a.endIncluded === b.endIncluded &&
  isSame(a.start, b.start, env) &&
  isSame(a.end, b.end, env)
