import { type FeelFunction, evaluate as interpret, isFunction } from 'feelin'
import type { Json, Variables } from '../record/json.ts'
import { limits, startBudget } from './budget.ts'
import type { Evaluation, FeelContext } from './context.ts'
import { asInput, setEntry, toJson } from './json.ts'
import { functionNamed, setClock } from './library.ts'
import { type Read, rewrite } from './rewrite.ts'
import { DIALECT, FeelSyntaxError, parse, refuseHeavySource } from './syntax.ts'
import { CELL_INPUT, unaryToExpression } from './unary.ts'

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
  readonly program: (context: FeelContext, at: number) => Evaluation
}

/** `at` is the offset in the source of what cannot be read; `error` says it in English (a detail, never shown alone). */
export type Compiled = { readonly expression: Expression } | { readonly error: string; readonly at: number }

const CACHE_SIZE = 5_000
const cache = new Map<string, Compiled>()

function cached(kind: 'feel' | 'tests', source: string, make: () => Expression): Compiled {
  const key = `${kind}:${source}`
  const found = cache.get(key)
  if (found) return found
  let compiled: Compiled
  try {
    const longest = kind === 'feel' ? limits.source : limits.cell
    if (source.length > longest)
      throw new FeelSyntaxError(`the expression is longer than ${longest} characters`, longest)
    refuseHeavySource(source)
    if (source.trim() === '') throw new FeelSyntaxError('the expression is empty', 0)
    compiled = { expression: Object.freeze(make()) }
  } catch (error) {
    compiled =
      error instanceof FeelSyntaxError
        ? { error: error.message, at: error.at }
        : { error: 'the expression cannot be read', at: 0 }
  }
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(key, compiled)
  return compiled
}

/**
 * Compiles a FEEL expression (Camunda 8 dialect, no leading `=`). Refused: errors of syntax, unknown functions, two
 * names without an operator, named functions (they could call themselves), more than 10,000 characters or 1,200 parts.
 *
 * The work is done by feelin 8 until the engine's own compiler takes its place: numbers are doubles, and time is
 * bounded by counts of loop steps and sizes of built values (`budget.ts`), not by a clock. Not bounded yet: comparing
 * two large nested values for equality, and the cost of one step.
 *
 * JSON has no dates: a variable that holds `2026-05-18` is a text. Write `date(x)` or `date and time(x)` to compute
 * with it; results that are dates or durations become ISO 8601 text again. Text of one form compares rightly as text.
 */
export function compileExpression(source: string): Compiled {
  return cached('feel', source, () => program(source, 'feel', source, null))
}

/** Compiles a cell of a decision table; the value of its column is read as `?` (DMN 1.5 §10.3.1.2). */
export function compileUnaryTests(source: string): Compiled {
  return cached('tests', source, () => program(source, 'tests', unaryToExpression(source), CELL_INPUT))
}

/** An attribute without a leading `=`: the text itself (Camunda 8: "static value"). */
export function staticExpression(text: string): Expression {
  const result: Evaluation = Object.freeze({ ok: true, value: text, inputs: {} })
  return Object.freeze({ source: text, kind: 'static', names: [], reads: [], program: () => result })
}

/**
 * Evaluates at the time `at` (milliseconds since 1970 UTC; `now()` and `today()` tell it in Asia/Shanghai). Names the
 * context does not know are null. Never throws: what goes wrong is `{ok: false, message}`.
 */
export function evaluate(expression: Expression, context: FeelContext, at: number): Evaluation {
  return expression.program(context, at)
}

function program(source: string, kind: 'feel' | 'tests', text: string, input: string | null): Expression {
  const { source: guarded, names, reads, functions } = rewrite(parse(text, 'expression'), text, input)
  const context = reads.filter(({ path }) => path[0] !== input)
  // A function of its names, made once: calling it evaluates the body without parsing it again.
  const scope = Object.fromEntries(functions.map((name) => [name, functionNamed(name)]))
  const made = interpret(`function(${names.join(', ')}) (${guarded})`, scope, DIALECT)
  if (!isFunction(made.value)) throw new FeelSyntaxError('the expression cannot be read', 0)
  const body: FeelFunction = made.value
  const warnings = made.warnings
  return {
    source,
    kind,
    names: names.filter((name) => name !== input),
    reads: context.map((read) => read.path),
    program(variables, at) {
      const found = names.map((name) => variables.get(name === input ? '?' : name))
      const values = found.map((value) => value ?? null)
      const inputs = inputsOf(context, names, found)
      setClock(at)
      startBudget()
      warnings.length = 0
      try {
        return { ok: true, value: toJson(body.fn(...values)), inputs }
      } catch (error) {
        const tooDeep = error instanceof RangeError
        return {
          ok: false,
          message: tooDeep
            ? 'the expression goes too deep'
            : error instanceof Error
              ? error.message
              : 'the expression failed',
          inputs,
        }
      } finally {
        warnings.length = 0
      }
    },
  }
}

/** The values read, by dotted name; a path stops where it meets a list or nothing. */
function inputsOf(reads: readonly Read[], names: readonly string[], values: readonly (Json | undefined)[]): Variables {
  const inputs: Variables = {}
  for (const { path, inFilter } of reads) {
    const found = values[names.indexOf(path[0]!)]
    if (inFilter && found === undefined) continue
    let value: Json = found ?? null
    let length = 1
    while (length < path.length && value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const name: string = path[length]!
      value = Object.hasOwn(value, name) ? value[name]! : null
      length += 1
    }
    setEntry(inputs, path.slice(0, length).join('.'), asInput(value))
  }
  return inputs
}
