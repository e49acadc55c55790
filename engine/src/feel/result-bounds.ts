import { DATA, elementOf, grown, joined, NOTHING, numberOf, type Range, type Value } from './value-bounds.ts'

/** Functions of lists whose result is one value; `partial` may be handed to them, since it does not grow by that. */
export const TOTALS = new Set([
  'count',
  'sum',
  'min',
  'max',
  'mean',
  'median',
  'product',
  'all',
  'any',
  'list contains',
])
/** Other functions whose result is one value. */
const PLAIN = new Set(
  `contains,starts with,ends with,matches,string length,floor,ceiling,round up,round down,round half up,round half down,
number,date,time,date and time,duration,is defined,is blank,is empty,today,now,decimal,abs,modulo,sqrt,log,exp,odd,even,
not,day of week,day of year,month of year,week of year,years and months duration,stddev`
    .split(/,\s*/)
    .map((name) => name.trim()),
)
/** Functions that compare each item with each. */
export const SQUARE = new Set(['distinct values', 'duplicate values', 'union', 'mode'])
const ROUNDED = new Set(['floor', 'ceiling', 'round up', 'round down', 'round half up', 'round half down'])

/** What a function of the language gives for such arguments. */
export function resultOf(name: string, args: readonly Value[], items: number, all: Value): Value {
  const [first = NOTHING] = args
  const numbers = args.map(({ number }) => number)
  if (name === 'count') return numberOf({ low: 0, high: first.items, whole: true })
  if (name === 'string length') return numberOf({ low: 0, high: Math.max(1_000, first.size * 16), whole: true })
  if (ROUNDED.has(name)) return numberOf({ ...first.number, whole: args.length < 2 })
  if (name === 'min' && args.length > 1)
    return numberOf({
      low: Math.min(...numbers.map(({ low }) => low)),
      high: Math.min(...numbers.map(({ high }) => high)),
      whole: numbers.every(({ whole }) => whole),
    })
  if (name === 'max' && args.length > 1)
    return numberOf({
      low: Math.max(...numbers.map(({ low }) => low)),
      high: Math.max(...numbers.map(({ high }) => high)),
      whole: numbers.every(({ whole }) => whole),
    })
  if (TOTALS.has(name) || PLAIN.has(name)) return NOTHING
  if (name === 'range') return { ...NOTHING, span: Number.POSITIVE_INFINITY }
  if (name === 'string') return { ...first, items: 1, number: NOTHING.number }
  if (name === 'replace') return grown(first, first.size * Math.max(2, args[2]?.size ?? 1) * 8)
  if (name === 'split') return { ...first, items: Math.max(DATA.items, first.size * 16) }
  if (name === 'flatten') return { ...first, items: Math.max(first.items, first.size), element: DATA }
  if (name === 'string join') return grown(NOTHING, all.size + items * (args[1]?.size ?? 1))
  return { ...all, items: Math.max(1, items), number: NOTHING.number, element: joined(elementOf(all), DATA) }
}

/** What arithmetic gives for numbers between such bounds. */
export function computed(sign: string, a: Range, b: Range): Range {
  const whole = a.whole && b.whole
  if (sign === '+') return { low: a.low + b.low, high: a.high + b.high, whole }
  if (sign === '-') return { low: a.low - b.high, high: a.high - b.low, whole }
  if (sign !== '*') return NOTHING.number
  const products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
  return { low: Math.min(...products), high: Math.max(...products), whole }
}
