import { type HitPolicy, idsOf } from './hit-policy.ts'

/** Any: several rules may match when they all give the same. */
export const any: HitPolicy = (matches, columns) => {
  const first = matches[0]!
  return matches.every((match) => columns.same(match.values, first.values))
    ? { ok: true, value: columns.shape(first.values), rules: idsOf(matches) }
    : {
        ok: false,
        message: `rules ${idsOf(matches).join(', ')} match with different results, but the hit policy is ANY`,
      }
}
