import { typeOf } from '../feel.ts'
import { type HitPolicy, idsOf } from './hit-policy.ts'
import { ruleOrder } from './rule-order.ts'

/** Collect without an aggregator: all matches; their order carries no meaning, so table order it is. */
export const collect: HitPolicy = ruleOrder

/** Collect with an aggregator over the one output column, numbers alone; FEEL computes, so decimals are exact. */
function aggregate(call: string): HitPolicy {
  return (matches, columns) => {
    const values = matches.map((match) => match.values[0] ?? null)
    if (values.some((value) => typeOf(value) !== 'number'))
      return { ok: false, message: 'an aggregated output is not a number' }
    const value = columns.compute(call, values)
    if (value === null) return { ok: false, message: 'the aggregated outputs have no result' }
    return { ok: true, value, rules: idsOf(matches) }
  }
}

export const collectSum = aggregate('sum(x)')
export const collectMin = aggregate('min(x)')
export const collectMax = aggregate('max(x)')

/** How many results there are (DMN 1.5 §8.2.8: "the number of outputs"; DMN 1.1 counted different ones). */
export const collectCount: HitPolicy = (matches) => ({ ok: true, value: matches.length, rules: idsOf(matches) })
