import { Rejection } from '@bihuan/engine'
import { invalid } from '../contract/fault.ts'
import { readDay } from '../contract/wire.ts'

/** A search text: trimmed, at most 100 characters. */
export const search = (text: string | undefined): string => (text ?? '').trim().slice(0, 100)

/** One of the given words, or undefined when absent; another is `BODY_INVALID`. */
export function choice<T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined {
  if (text === undefined || text === '') return undefined
  const found = words.find((word) => word === text)
  if (found === undefined) throw invalid(name, 'oneOf', words)
  return found
}

/** A day of Asia/Shanghai, null when absent; else `BODY_INVALID`. */
export function day(name: string, text: string | undefined): ReturnType<typeof readDay> {
  if (text === undefined || text === '') return null
  const found = readDay(text)
  if (!found) throw invalid(name, 'isoTime')
  return found
}

/** A whole number from 0, 0 when absent; else `BODY_INVALID`. */
export function whole(name: string, text: string | undefined): number {
  if (text === undefined || text === '') return 0
  if (!/^[0-9]{1,15}$/.test(text)) throw new Rejection('BODY_INVALID', { field: name, type: 'integer' })
  return Number(text)
}
