import { byRank, type HitPolicy, idsOf } from './hit-policy.ts'

/** Output order: all matches, by the lists of output values. */
export const outputOrder: HitPolicy = (matches, columns) => {
  const sorted = byRank(matches, columns)
  return { ok: true, value: sorted.map((match) => columns.shape(match.values)), rules: idsOf(sorted) }
}
