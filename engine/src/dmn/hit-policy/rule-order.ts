import { type HitPolicy, idsOf } from './hit-policy.ts'

/** Rule order: all matches, in table order. */
export const ruleOrder: HitPolicy = (matches, columns) => ({
  ok: true,
  value: matches.map((match) => columns.shape(match.values)),
  rules: idsOf(matches),
})
