import { type Language, listSeparator, wordOf } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { JsonObject } from '../form.ts'
import { countsOf } from '../rule/counts.ts'

/** The largest number of heads or votes. */
export const MAX_COUNT = 10_000_000

/** Closed schema of an object of whole numbers from 0. */
export const countsSchema = (parts: readonly string[]): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(parts.map((part) => [part, { type: 'integer', minimum: 0, maximum: MAX_COUNT }])),
  required: [...parts],
  additionalProperties: false,
})

/** `expected 27, present 21` in words. */
export const describeCounts = (value: Json, parts: readonly string[], language: Language): string => {
  const counts = countsOf(value)
  return parts
    .filter((part) => part in counts)
    .map((part) => `${wordOf('part', part, language)} ${counts[part]}`)
    .join(listSeparator(language))
}
