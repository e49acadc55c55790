import { compileExpression, contextOf, evaluate } from '@bihuan/engine'
import { type Component, componentsOf } from './schema.ts'

/** What the engine says of an expression that would go on and on. */
const COSTLY = /loops too often|computes too much/

/** Expressions in a text of a form: all of `=…`, the parts of `{{…}}`. */
function expressionsIn(text: string): string[] {
  if (text.startsWith('=')) return [text.slice(1)]
  return [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((match) =>
    (match[1] ?? '').replace(/^\s*(#if|#loop|\/if|\/loop)\s*/, ''),
  )
}

const textsIn = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > 10) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === 'components' ? [] : textsIn(inner, depth + 1)))
}

const isCostly = (source: string): boolean => {
  const compiled = compileExpression(source)
  if (!('expression' in compiled)) return false
  const result = evaluate(compiled.expression, contextOf({}), 0)
  return !result.ok && COSTLY.test(result.message)
}

/**
 * Components with an expression that computes without end on an empty form. The engine stops there; the viewer of a
 * form has no such limit and would stop the window.
 * @returns what people know each by
 */
export const costlyComponents = (schema: Component): string[] =>
  componentsOf(schema)
    .filter((component) => textsIn(component).flatMap(expressionsIn).some(isCostly))
    .map((component) => String(component.label ?? component.key ?? component.id ?? component.type ?? ''))
