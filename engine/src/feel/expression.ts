import type { Json, Variables } from '../record/json.ts'
import { FeelFailure, limits, sizeOf } from './budget.ts'
import { compileProgram, compileTests, type Program, type Read } from './compile.ts'
import type { FeelContext } from './context.ts'
import { Env, NONE, type Surroundings, type Unlike } from './env.ts'
import { asInput, setEntry, toJson } from './json.ts'
import { FeelSyntaxError, refuseHeavySource } from './syntax.ts'
import { entryOf, type FeelValue, isContext } from './value.ts'

/**
 * What evaluating gave. `inputs` are the names read, with their values: the "why" of a decision. A path read off a
 * context appears by its dotted name (`case.unit.level`), so that a whole context is not copied for one entry.
 */
export type Evaluation<Value = Json> =
  | ({ readonly ok: true; readonly value: Value } & Why)
  | ({ readonly ok: false; readonly message: string } & Why)

interface Why {
  readonly inputs: Variables
  /** Names (dotted paths) read that the context does not have; those that an expression asks whether they are do not count. */
  readonly missing: readonly string[]
  /** Operands that could not be compared or computed. */
  readonly unlike: readonly Unlike[]
}

/** A compiled expression: parsed once, evaluated many times. Frozen; the same source gives the same object. */
export interface Expression {
  /** As written in the model, without the leading `=`. */
  readonly source: string
  readonly kind: 'feel' | 'tests' | 'static'
  /** First names it may read of its context. */
  readonly names: readonly string[]
  /** What it reads of its context, as paths: `['case', 'unit', 'level']`. */
  readonly reads: readonly (readonly string[])[]
  /** For `evaluate` alone. */
  readonly program: Program
}

export interface CompileOptions {
  /** Names with spaces or signs in them that the text may use (DMN), and those of functions in the context. */
  readonly names?: readonly string[]
}

/** `at` is the offset in the source of what cannot be read; `error` says it in English (a detail, never shown alone). */
export type Compiled = { readonly expression: Expression } | { readonly error: string; readonly at: number }

const CACHE_SIZE = 5_000
/** Characters of what is kept: compiled, each takes some 16 bytes. */
const CACHE_TEXT = 4_000_000
const cache = new Map<string, Compiled>()
let cachedText = 0

/**
 * Compiles a FEEL expression (DMN 1.5 chapter 10, Camunda 8 dialect, no leading `=`). Refused: errors of syntax,
 * unknown functions, two names without an operator, more than 10,000 characters or 1,200 parts.
 *
 * JSON has no dates: a variable that holds `2026-05-18` is a text. Write `date(x)` or `date and time(x)` to compute
 * with it; results that are dates or durations become ISO 8601 text again. Text of one form compares rightly as text.
 */
export function compileExpression(source: string, options: CompileOptions = {}): Compiled {
  return compiled('feel', source, options)
}

/** Compiles a cell of a decision table; the value of its column is read as `?` (DMN 1.5 §7.3.3). */
export function compileUnaryTests(source: string, options: CompileOptions = {}): Compiled {
  return compiled('tests', source, options)
}

function compiled(kind: 'feel' | 'tests', source: string, { names = [] }: CompileOptions): Compiled {
  // Refused at once, and too long to be kept.
  if (source.length > longestOf(kind)) return compile(kind, source, names)
  const key = names.length === 0 ? `${kind}:${source}` : JSON.stringify([kind, source, ...names])
  const known = cache.get(key)
  if (known) return known
  const result = compile(kind, source, names)
  if (cache.size >= CACHE_SIZE || cachedText > CACHE_TEXT) {
    cache.clear()
    cachedText = 0
  }
  cache.set(key, result)
  cachedText += key.length
  return result
}

const longestOf = (kind: 'feel' | 'tests'): number => (kind === 'feel' ? limits.source : limits.cell)

function compile(kind: 'feel' | 'tests', source: string, given: readonly string[]): Compiled {
  try {
    const longest = longestOf(kind)
    if (source.length > longest)
      throw new FeelSyntaxError(`the expression is longer than ${longest} characters`, longest)
    refuseHeavySource(source)
    if (source.trim() === '') throw new FeelSyntaxError('the expression is empty', 0)
    const program = (kind === 'feel' ? compileProgram : compileTests)(source, given)
    const names = program.names.filter((name) => name !== '?')
    return {
      expression: Object.freeze({ source, kind, names, reads: program.reads.map(({ path }) => path), program }),
    }
  } catch (error) {
    return error instanceof FeelSyntaxError
      ? { error: error.message, at: error.at }
      : { error: 'the expression cannot be read', at: 0 }
  }
}

/** An attribute without a leading `=`: the text itself (Camunda 8: "static value"). */
export function staticExpression(text: string): Expression {
  const program: Program = { code: () => text, names: [], reads: [] }
  return Object.freeze({ source: text, kind: 'static', names: [], reads: [], program })
}

/**
 * Evaluates at the time `at` (milliseconds since 1970 UTC; `now()` and `today()` tell it in Asia/Shanghai). Names the
 * context does not know are null. Never throws: what goes wrong is `{ok: false, message}`.
 */
export function evaluate(expression: Expression, context: FeelContext, at: number | Surroundings): Evaluation {
  return run(expression.program, context, at, toJson)
}

/** As `evaluate`; the result stays a value of FEEL, with dates, functions and ranges. */
export function evaluateFeel(
  expression: Expression,
  context: FeelContext,
  at: number | Surroundings,
): Evaluation<FeelValue> {
  return run(expression.program, context, at, itself)
}

const itself = (value: FeelValue): FeelValue => value

function run<Value>(
  { code, names, reads }: Program,
  context: FeelContext,
  at: number | Surroundings,
  finish: (value: FeelValue) => Value,
): Evaluation<Value> {
  const globals: (FeelValue | undefined)[] = []
  for (let index = 0; index < names.length; index += 1) globals.push(context.get(names[index]!))
  const inputs = inputsOf(reads, globals)
  const env = new Env(globals, at)
  try {
    const value = finish(code(env))
    env.count(sizeOf(value as FeelValue))
    return { ok: true, value, inputs, missing: env.missings ?? NONE, unlike: env.unlikes ?? NONE }
  } catch (error) {
    env.count(0)
    return { ok: false, message: messageOf(error), inputs, missing: env.missings ?? NONE, unlike: env.unlikes ?? NONE }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof FeelFailure) return error.message
  return error instanceof RangeError ? 'the expression goes too deep' : 'the expression failed'
}

/** The values read, by dotted name; a path stops where it meets a list or nothing. */
function inputsOf(reads: readonly Read[], globals: readonly (FeelValue | undefined)[]): Variables {
  const inputs: Variables = {}
  for (let index = 0; index < reads.length; index += 1) {
    const { path, global, inFilter } = reads[index]!
    const found = globals[global]
    if (path.length === 1) {
      if (!inFilter || found !== undefined) setEntry(inputs, path[0]!, asInput(found ?? null))
      continue
    }
    if (inFilter && found === undefined) continue
    let value: FeelValue = found ?? null
    let length = 1
    while (length < path.length && isContext(value)) {
      value = entryOf(value, path[length]!) ?? null
      length += 1
    }
    setEntry(inputs, path.slice(0, length).join('.'), asInput(value))
  }
  return inputs
}
