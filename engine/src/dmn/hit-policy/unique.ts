import { type HitPolicy, idsOf } from './hit-policy.ts'

/** Unique: no two rules may match. */
export const unique: HitPolicy = (matches, columns) =>
  matches.length === 1
    ? { ok: true, value: columns.shape(matches[0]!.values), rules: idsOf(matches) }
    : { ok: false, message: `rules ${idsOf(matches).join(', ')} all match, but the hit policy is UNIQUE` }
