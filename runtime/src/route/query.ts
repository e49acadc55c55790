import { Rejection } from '@bihuan/engine'

/** A search text: trimmed, at most 100 characters. */
export const search = (text: string | undefined): string => (text ?? '').trim().slice(0, 100)

/** One of the given words, or undefined when absent; another is `BODY_INVALID`. */
export function choice<T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined {
  if (text === undefined || text === '') return undefined
  const found = words.find((word) => word === text)
  if (found === undefined) throw new Rejection('BODY_INVALID', { field: name, why: words.join(', ') })
  return found
}
