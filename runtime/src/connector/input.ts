import { addDuration, type Json, parseDuration, type Variables } from '@bihuan/engine'
import { InputFault } from './worker.ts'

// Control characters end a header or a log line early, or hide what stands behind them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text that is not empty. Throws `InputFault`, as all of these. */
export function text(variables: Variables, name: string, limit = 10_000): string {
  const value = optionalText(variables, name, limit)
  if (value === null) throw new InputFault(`${name}: expected a text`)
  return value
}

/** A text, or null when it is absent or empty. */
export function optionalText(variables: Variables, name: string, limit = 10_000): string | null {
  const value = variables[name] ?? null
  if (value === null || value === '') return null
  if (typeof value !== 'string') throw new InputFault(`${name}: expected a text`)
  if (value.length > limit) throw new InputFault(`${name}: expected at most ${limit} characters`)
  return value
}

/** A text of one line. */
export function line(variables: Variables, name: string, limit = 200): string {
  const value = text(variables, name, limit)
  if (CONTROL.test(value)) throw new InputFault(`${name}: expected one line without control characters`)
  return value
}

/** One of some words. */
export function word<W extends string>(variables: Variables, name: string, words: readonly W[], otherwise?: W): W {
  const value = optionalText(variables, name) ?? otherwise
  const found = words.find((one) => one === value)
  if (found === undefined) throw new InputFault(`${name}: expected ${words.join(', ')}`)
  return found
}

/** A list of texts of one line; a single text counts as a list of one. */
export function lines(variables: Variables, name: string, limit = 1_000): readonly string[] {
  const value = variables[name] ?? []
  const list = typeof value === 'string' ? [value] : value
  if (!Array.isArray(list) || list.length > limit)
    throw new InputFault(`${name}: expected a list of at most ${limit} texts`)
  return list.map((one) => {
    if (typeof one !== 'string' || one === '' || one.length > 320 || CONTROL.test(one))
      throw new InputFault(`${name}: expected texts of one line`)
    return one
  })
}

/** A context, empty when absent. */
export function context(variables: Variables, name: string): Variables {
  const value = variables[name] ?? null
  if (value === null) return {}
  if (!isObject(value)) throw new InputFault(`${name}: expected a context`)
  return value
}

/** A time span: seconds, or an ISO 8601 duration (`PT20S`). Gives milliseconds. */
export function span(
  variables: Variables,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const value = variables[name] ?? null
  if (value === null || value === '') return otherwise
  const duration = typeof value === 'string' ? parseDuration(value) : null
  const milliseconds = typeof value === 'number' ? Math.round(value * 1000) : duration ? addDuration(0, duration) : null
  if (milliseconds === null || milliseconds < least || milliseconds > most)
    throw new InputFault(`${name}: expected a duration from ${least} to ${most} ms`)
  return milliseconds
}
