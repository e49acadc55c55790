import { compileExpression, contextOf, type Evaluation, evaluate } from '../feel/index.ts'
import type { Json } from '../record/json.ts'

/** When expressions of tests are evaluated: 2026-05-19 01:30 in Shanghai. */
export const AT = Date.UTC(2026, 4, 18, 17, 30)

/** Compiles and evaluates an expression. Throws when it cannot be read. */
export function run(source: string, variables: { [name: string]: Json } = {}): Evaluation {
  const compiled = compileExpression(source)
  if ('error' in compiled) throw new Error(`${source}: ${compiled.error}`)
  return evaluate(compiled.expression, contextOf(variables), AT)
}

/** The value of an expression. Throws when it cannot be read, or fails. */
export function feelValue(source: string, variables: { [name: string]: Json } = {}): Json {
  const result = run(source, variables)
  if (!result.ok) throw new Error(result.message)
  return result.value
}
