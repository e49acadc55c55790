import { byRank, type HitPolicy } from './hit-policy.ts'

/** Priority: the match whose outputs stand highest in the lists of output values. */
export const priority: HitPolicy = (matches, columns) => {
  const best = byRank(matches, columns)[0]!
  return { ok: true, value: columns.shape(best.values), rules: [best.id] }
}
