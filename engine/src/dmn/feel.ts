import {
  Budget,
  type Compiled,
  compileExpression,
  compileUnaryTests,
  Env,
  type Expression,
  ExpressionMeter,
  evaluateFeel,
  type FeelContext,
  FeelFailure,
  FeelFunction,
  type FeelValue,
  isContext,
  isList,
  toJson as jsonOf,
  setEntry as put,
  type Surroundings,
  typeOf,
} from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'

/**
 * The only place where decisions and FEEL meet: values of a decision are values of FEEL, dates and functions among them,
 * and become JSON where they leave it.
 */

export type Value = FeelValue
export {
  Budget,
  type Expression,
  ExpressionMeter,
  type FeelContext,
  FeelFailure,
  type FeelFunction,
  isContext,
  isList,
  put,
  type Surroundings,
  typeOf,
}

/** Where names are found; `undefined` where there is no such name. */
export interface Scope {
  get(name: string): Value | undefined
  /** Whether a name belongs to the logic itself (a parameter, an entry of a context) and not to what it is given. */
  isLocal(name: string): boolean
}

export type FeelResult =
  | { readonly ok: true; readonly value: Value; readonly inputs: Variables }
  | { readonly ok: false; readonly message: string; readonly inputs: Variables }

/**
 * Compiles an expression or a cell; `names` are those that FEEL must be told of: names with spaces or signs, and names
 * of functions.
 */
export const compileIn = (names: readonly string[], kind: 'feel' | 'tests', source: string): Compiled =>
  kind === 'feel' ? compileExpression(source, { names }) : compileUnaryTests(source, { names })

/** Evaluates an expression in a scope. `input` is what a cell reads as `?`. */
export function evaluateIn(expression: Expression, scope: Scope, around: Surroundings, input?: Value): FeelResult {
  const context = input === undefined ? scope : { get: (name: string) => (name === '?' ? input : scope.get(name)) }
  return evaluateFeel(expression, context, around)
}

/** What a FEEL text gives over the value `x`. Throws `FeelFailure` where it cannot be read, or takes more than the budget has. */
export function computeFeel(source: string, x: Value, around: Surroundings): Value {
  const compiled = compileExpression(source)
  if ('error' in compiled) throw new FeelFailure(compiled.error)
  const result = evaluateFeel(compiled.expression, { get: (name) => (name === 'x' ? x : undefined) }, around)
  if (!result.ok) throw new FeelFailure(result.message)
  return result.value
}

/** A function that expressions can call. */
export const makeFunction = (parameters: readonly string[], body: (args: readonly Value[]) => Value): FeelFunction =>
  new FeelFunction(parameters, (args) => body(args))

/** Calls a function as an expression would. */
export const callFunction = (called: FeelFunction, args: readonly Value[], around: Surroundings): Value =>
  called.call(args, new Env([], around))

export const isFunction = (value: Value): value is FeelFunction => value instanceof FeelFunction
/** Values in a result, characters of its texts and names, and how deep they may stand in each other. */
const MOST_VALUES = 100_000
const MOST_TEXT = 4_000_000
const DEEPEST = 64

/**
 * The JSON a value leaves a decision as; functions and ranges in it are null. Fails when it has more than `most` values
 * or `mostText` characters.
 */
export function toJson(value: Value, most = MOST_VALUES, mostText = MOST_TEXT): Json {
  let left = most
  let text = mostText
  const build = (part: Value, depth: number): Json => {
    left -= 1
    if (typeof part === 'string') text -= part.length
    if (left < 0 || text < 0 || depth > DEEPEST) throw new FeelFailure('the result is too large or too deep')
    if (isList(part)) return part.map((item) => build(item, depth + 1))
    if (!isContext(part)) return simple(part)
    const entries: { [name: string]: Json } = {}
    for (const [name, entry] of Object.entries(part)) {
      text -= name.length
      put(entries, name, build(entry, depth + 1))
    }
    return entries
  }
  return build(value, 0)
}

/** At most this many values of one result, and characters in it, are kept beside a decision. */
const WHY_VALUES = 300
const WHY_TEXT = 20_000

/** A value as it is kept beside a decision: itself while small, else its size (`{count: 1200}`). */
export function briefJson(value: Value): Json {
  try {
    return toJson(value, WHY_VALUES, WHY_TEXT)
  } catch {
    return { count: isList(value) ? value.length : isContext(value) ? Object.keys(value).length : 1 }
  }
}

/** What is neither list nor context; null where JSON has no such value. */
function simple(value: Value): Json {
  try {
    return jsonOf(value)
  } catch (error) {
    if (error instanceof FeelFailure) return null
    throw error
  }
}

/** Whether two values are the same as `=` of FEEL has it. */
export function isSame(a: Value, b: Value, around: Surroundings): boolean {
  if (typeof a !== 'object' && typeof b !== 'object') return a === b
  return a === b || computeFeel('x[1] = x[2]', [a, b], around) === true
}
