import type { HitPolicy } from './hit-policy.ts'

/** First: the first matching rule in table order. */
export const first: HitPolicy = (matches, columns) => ({
  ok: true,
  value: columns.shape(matches[0]!.values),
  rules: [matches[0]!.id],
})
