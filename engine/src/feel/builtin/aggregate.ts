import { compare } from '../compare.ts'
import { Decimal } from '../decimal.ts'
import type { Env } from '../env.ts'
import { add, compareNumbers, divide, fromDecimal, isNumber, toDecimal } from '../number.ts'
import type { FeelNumber, FeelValue } from '../value.ts'
import { type Builtin, builtin, type Family, itemsOf, listOf } from './builtin.ts'

/** Units of work for each number of a sum (beside 1 for whole ones), a product, a sorting, a deviation. */
const SUM = 14
const PRODUCT = 20
const SORTING = 8
const DEVIATION = 60

const isWhole = (n: FeelValue): n is number => Number.isSafeInteger(n)

/** A function of a list or of any number of arguments. */
const aggregate = (
  name: string,
  compute: (items: readonly FeelValue[], env: Env) => FeelValue,
): readonly [string, Builtin] =>
  builtin(name, ['list', 'list...'], (args, env) => {
    const items = itemsOf(args, env)
    return items && compute(items, env)
  })

/** One of numbers alone: null for an empty list, and for one with something else in it, which `env` notes. */
const ofNumbers = (
  name: string,
  compute: (numbers: readonly FeelNumber[], env: Env) => FeelValue,
): readonly [string, Builtin] =>
  aggregate(name, (items, env) => {
    env.work(items.length)
    const other = items.find((item) => !isNumber(item))
    if (other !== undefined) return env.unlike(name, 0, other)
    return items.length === 0 ? null : compute(items as readonly FeelNumber[], env)
  })

/** The item that comes first in the order `sign` gives; null for an empty list and for items without an order. */
function extreme(items: readonly FeelValue[], env: Env, sign: 1 | -1): FeelValue {
  let best = items[0] ?? null
  for (const item of items) {
    const order = compare(item, best, env)
    if (order === null) return null
    if (order * sign < 0) best = item
  }
  return best
}

/** The exact sum, rounded to 34 digits only where it has more; whole numbers are added as such. */
function total(numbers: readonly FeelNumber[], env: Env): FeelNumber | null {
  let whole = 0
  let at = 0
  for (; at < numbers.length; at++) {
    const n = numbers[at]!
    if (!isWhole(n) || !isWhole(whole + n)) break
    whole += n
  }
  if (at === numbers.length) return whole
  env.work((numbers.length - at) * SUM)
  let sum = new Decimal(whole)
  for (; at < numbers.length; at++) sum = sum.plus(numbers[at]!)
  return fromDecimal(sum)
}

function product(numbers: readonly FeelNumber[], env: Env): FeelNumber | null {
  env.work(numbers.length * PRODUCT)
  return fromDecimal(numbers.reduce<Decimal>((result, n) => result.times(n), new Decimal(1)))
}

function mean(numbers: readonly FeelNumber[], env: Env): FeelNumber | null {
  const sum = total(numbers, env)
  return sum === null ? null : divide(sum, numbers.length)
}

function median(numbers: readonly FeelNumber[], env: Env): FeelNumber | null {
  env.work(numbers.length * SORTING)
  const sorted = [...numbers].sort(compareNumbers)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  const sum = add(sorted[middle - 1]!, sorted[middle]!)
  return sum === null ? null : divide(sum, 2)
}

/** The deviation of a sample: the sum of squares is divided by one less than there are (DMN 1.5 §10.3.4.4). */
function stddev(numbers: readonly FeelNumber[], env: Env): FeelNumber | null {
  if (numbers.length < 2) return null
  env.work(numbers.length * DEVIATION)
  const middle = numbers.reduce<Decimal>((sum, n) => sum.plus(n), new Decimal(0)).div(numbers.length)
  const squares = numbers.reduce<Decimal>((sum, n) => sum.plus(toDecimal(n).minus(middle).pow(2)), new Decimal(0))
  return fromDecimal(squares.div(numbers.length - 1).sqrt())
}

/** The numbers that stand most often, in their order; an empty list has none. */
function mode(items: readonly FeelValue[], env: Env): FeelValue {
  env.work(items.length * SORTING)
  const other = items.find((item) => !isNumber(item))
  if (other !== undefined) return env.unlike('mode', 0, other)
  const sorted = ([...items] as FeelNumber[]).sort(compareNumbers)
  const runs: { readonly value: FeelNumber; count: number }[] = []
  for (const value of sorted) {
    const last = runs.at(-1)
    if (last && compareNumbers(last.value, value) === 0) last.count += 1
    else runs.push({ value, count: 1 })
  }
  const most = runs.reduce((count, run) => Math.max(count, run.count), 0)
  return runs.filter((run) => run.count === most).map((run) => run.value)
}

/** `decided` as soon as one item is that; its opposite when all are; else null (DMN 1.5 §10.3.4.4 `all`, `any`). */
function quantified(items: readonly FeelValue[], decided: boolean): boolean | null {
  if (items.includes(decided)) return decided
  return items.every((item) => item === !decided) ? !decided : null
}

/** DMN 1.5 §10.3.4.4: what makes one value of a list. */
export const aggregateFunctions: Family = [
  builtin('count', 'list', ([list], env) => listOf(list, env)?.length ?? null),
  aggregate('min', (items, env) => extreme(items, env, 1)),
  aggregate('max', (items, env) => extreme(items, env, -1)),
  ofNumbers('sum', total),
  ofNumbers('product', product),
  ofNumbers('mean', mean),
  ofNumbers('median', median),
  ofNumbers('stddev', stddev),
  aggregate('mode', mode),
  aggregate('all', (items) => quantified(items, false)),
  aggregate('any', (items) => quantified(items, true)),
]
