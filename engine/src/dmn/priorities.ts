import { compileExpression, contextOf, evaluate } from '../feel/index.ts'
import type { Json } from '../record/json.ts'

/** The output values of a column, highest priority first (DMN 1.5 §8.2.8: "ordered list of output values"): a FEEL list of constants. */
export function readPriorities(text: string): readonly Json[] {
  if (text.trim() === '') return []
  const compiled = compileExpression(`[${text}]`)
  if ('error' in compiled) return []
  const result = evaluate(compiled.expression, contextOf({}), 0)
  return result.ok && Array.isArray(result.value) ? result.value : []
}
