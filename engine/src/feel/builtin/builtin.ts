import type { Env } from '../env.ts'
import { isNumber } from '../number.ts'
import { type FeelFunction, type FeelValue, isList } from '../value.ts'

/** Names of the arguments a built-in function takes, for a call by name. */
export interface Signature {
  readonly parameters: readonly string[]
  /** Whether the last parameter takes any number of arguments. */
  readonly variadic?: boolean
}

/** Arguments in the order of a signature; what was left out is undefined. */
export type Arguments = readonly (FeelValue | undefined)[]

/** A built-in function (DMN 1.5 §10.3.4). What it cannot work with gives null, never an error. */
export interface Builtin {
  readonly name: string
  readonly signatures: readonly Signature[]
  call(args: Arguments, env: Env): FeelValue
}

/** Functions of a family, by name. */
export type Family = readonly (readonly [string, Builtin])[]

/**
 * A built-in function.
 *
 * @param parameters one signature a text: `string, start position, length`; `lists...` takes any number
 */
export function builtin(
  name: string,
  parameters: string | readonly string[],
  call: (args: Arguments, env: Env) => FeelValue,
): readonly [string, Builtin] {
  const signatures = (typeof parameters === 'string' ? [parameters] : parameters).map(signatureOf)
  return [name, { name, signatures, call }]
}

/** A built-in function of single values: a list of one stands for its item (DMN 1.5 §10.3.2.9.4). */
export function scalar(
  name: string,
  parameters: string | readonly string[],
  call: (args: Arguments, env: Env) => FeelValue,
): readonly [string, Builtin] {
  return builtin(name, parameters, (args, env) => call(args.some(isList) ? args.map(itemOf) : args, env))
}

const itemOf = (value: FeelValue | undefined): FeelValue | undefined =>
  isList(value) && value.length === 1 ? value[0] : value

function signatureOf(text: string): Signature {
  const names = text === '' ? [] : text.split(', ')
  const variadic = text.endsWith('...')
  return { parameters: names.map((name) => name.replace('...', '')), ...(variadic && { variadic }) }
}

/** Whether an argument was left out or is null. */
export const isNil = (value: FeelValue | undefined): value is null | undefined => value === null || value === undefined

export const isText = (value: FeelValue | undefined): value is string => typeof value === 'string'

/** A single value stands for the list of it (DMN 1.5 §10.3.2.9.4); null for null. Its items are counted as work. */
export function listOf(value: FeelValue | undefined, env: Env): readonly FeelValue[] | null {
  if (isNil(value)) return null
  const list = isList(value) ? value : [value]
  env.work(list.length)
  return list
}

/** The list a function of any number of arguments works on: its one argument, or all of them. */
export function itemsOf(args: Arguments, env: Env): readonly FeelValue[] | null {
  if (args.length <= 1) return listOf(args[0], env)
  env.work(args.length)
  return args.map((arg) => arg ?? null)
}

/** A whole number, cut off towards zero as positions and lengths are; null for what is no number or out of reach. */
export function wholeOf(value: FeelValue | undefined): number | null {
  if (!isNumber(value)) return null
  const whole = Math.trunc(typeof value === 'number' ? value : value.toNumber())
  return Number.isSafeInteger(whole) ? whole + 0 : null
}

/** A number that is whole; null for any other. */
export function exactWholeOf(value: FeelValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/**
 * Where in `length` items a position points: 1 is the first, -1 the last. Null for 0 and outside; `length + 1` is
 * allowed where `open` is set.
 */
export function indexOf(position: FeelValue | undefined, length: number, open = false): number | null {
  const at = wholeOf(position)
  if (at === null || at === 0 || at < -length || at > (open ? length + 1 : length)) return null
  return at > 0 ? at - 1 : length + at
}

/** Calls a function of the expression; anything but true or false is null. */
export function verdict(fn: FeelFunction, args: readonly FeelValue[], env: Env): boolean | null {
  const result = fn.call(args, env)
  return typeof result === 'boolean' ? result : null
}
