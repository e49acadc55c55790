import type { Code, Family } from '../code.ts'
import type { Env } from '../env.ts'
import { isNumber } from '../number.ts'
import { childrenOf } from '../syntax.ts'
import { type FeelNumber, type FeelValue, isList } from '../value.ts'
import { VERDICTS } from './test.ts'

/** `[1, 2]` (grammar rule 54). */
export const list: Family = (node, scope, compiler) => {
  const items = childrenOf(node)
    .slice(1, -1)
    .map((item) => compiler.code(item, scope))
  if (items.length === 0) return () => EMPTY
  return (env) => env.built(items.map((item) => item(env)))
}

const EMPTY: readonly FeelValue[] = Object.freeze([])

/**
 * `list[test]` (grammar rule 50, DMN 1.5 §10.3.2.5): a test gives the items for which it is true, a number the item at
 * that place, from the end if negative. In the test the item is `item`, and its entries are names. What is no list is
 * a list of one; null stays null.
 */
export const filterExpression: Family = (node, scope, compiler) => {
  const [base, , test] = childrenOf(node)
  const source = compiler.code(base!, scope)
  const slot = scope.size
  const code = compiler.code(test!, scope.bindItem())
  const place = test!.name === 'NumericLiteral'
  const isTest = VERDICTS.has(test!.name)
  const body = 1 + ((test!.to - test!.from) >> 2)
  return (env) => {
    const value = source(env)
    if (value === null) return null
    const items: readonly FeelValue[] = isList(value) ? value : [value]
    if (place) return itemAt(items, code(env) as FeelNumber)
    if (items.length === 0) return isTest ? EMPTY : ofNothing(code, slot, env)
    env.frame[slot] = items[0]!
    const first = code(env)
    if (isNumber(first)) return itemAt(items, first)
    return matching(items, first, code, slot, body, env)
  }
}

/** A filter of an empty list: null where its test is a place. What is said of the item that is not there is no news. */
function ofNothing(code: Code, slot: number, env: Env): FeelValue {
  const { missings, unlikes } = env
  env.missings = env.unlikes = null
  env.frame[slot] = null
  const isPlace = isNumber(code(env))
  env.missings = missings
  env.unlikes = unlikes
  return isPlace ? null : EMPTY
}

function matching(
  items: readonly FeelValue[],
  first: FeelValue,
  code: Code,
  slot: number,
  body: number,
  env: Env,
): FeelValue {
  env.spend(items.length)
  env.work(items.length * body)
  const found: FeelValue[] = first === true ? [items[0]!] : []
  for (let index = 1; index < items.length; index += 1) {
    const item = items[index]!
    env.frame[slot] = item
    if (code(env) === true) found.push(item)
  }
  return found
}

/** The item at a place counted from 1, or from -1 backwards; null where there is none. */
function itemAt(items: readonly FeelValue[], place: FeelNumber): FeelValue {
  if (typeof place !== 'number' || place === 0) return null
  return items[place > 0 ? place - 1 : items.length + place] ?? null
}
