import type { Json } from '../../record/json.ts'
import { type HitPolicy, idsOf, same } from './hit-policy.ts'
import { ruleOrder } from './rule-order.ts'

/** Collect without an aggregator: all matches; their order carries no meaning, so table order it is. */
export const collect: HitPolicy = ruleOrder

/** Collect with an aggregator over the one output column, numbers alone. */
function aggregate(combine: (numbers: readonly number[]) => number): HitPolicy {
  return (matches) => {
    const values = matches.map((match) => match.values[0] ?? null)
    const numbers = values.filter((value): value is number => typeof value === 'number')
    if (numbers.length < values.length) return { ok: false, message: 'an aggregated output is not a number' }
    return { ok: true, value: combine(numbers), rules: idsOf(matches) }
  }
}

export const collectSum = aggregate((numbers) => numbers.reduce((sum, number) => sum + number, 0))
export const collectMin = aggregate((numbers) => numbers.reduce((least, number) => Math.min(least, number)))
export const collectMax = aggregate((numbers) => numbers.reduce((most, number) => Math.max(most, number)))

/** How many different results there are (DMN 1.5 §8.2.8: "number of distinct outputs"). */
export const collectCount: HitPolicy = (matches) => {
  const distinct: Json[] = []
  for (const { values } of matches) if (!distinct.some((value) => same(value, [...values]))) distinct.push([...values])
  return { ok: true, value: distinct.length, rules: idsOf(matches) }
}
