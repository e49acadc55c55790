import { backtracks, patternsIn } from '../feel/index.ts'
import type { Reason } from '../problem/facts.ts'
import type { Json } from '../record/json.ts'
import { isObject, own } from './json-object.ts'

/** A component of a form that could hold up the page it is shown on. */
export interface CostlyComponent {
  readonly id: string | null
  /** Key, path, label, id or type. */
  readonly name: string
  /** What people know it by; null when that is computed itself. */
  readonly label: string | null
  readonly reason: Extract<Reason, 'patternSlow'>
  /** The pattern. */
  readonly found: string
}

const MAX_DEPTH = 40

/**
 * Components with a pattern that a browser would match without end. The server matches in linear time; expressions are
 * bounded by their budget on both sides. So a form is judged by this before it is shown anywhere: at deploy by
 * `readForm`, in the studio before its previews.
 *
 * All texts of a component are looked at, whatever property they stand in: form-js evaluates many of them.
 *
 * @param schema a form, whether it can be read or not
 */
export function costlyComponents(schema: unknown): CostlyComponent[] {
  return isObject(schema as Json) ? within(schema as { [name: string]: Json }, 0) : []
}

function within(source: { [name: string]: Json }, depth: number): CostlyComponent[] {
  const components = own(source, 'components')
  if (!Array.isArray(components) || depth > MAX_DEPTH) return []
  return components.filter(isObject).flatMap((component) => [...judge(component), ...within(component, depth + 1)])
}

function judge(component: { [name: string]: Json }): CostlyComponent[] {
  const check = textAt(component, 'properties', 'check')
  const texts = [...textsIn(component, 0), ...(check === null ? [] : [check.startsWith('=') ? check : `=${check}`])]
  const rule = textAt(component, 'validate', 'pattern')
  const patterns = [...(rule === null ? [] : [rule]), ...texts.flatMap(expressionsIn).flatMap(patternsIn)]
  const slow = patterns.find(backtracks)
  return slow === undefined ? [] : [named(component, slow)]
}

/** Expressions in a text: all of `=…`, the parts of `{{…}}` up to the next `}}` or the end, as feelers reads them. */
function expressionsIn(text: string): string[] {
  if (text.startsWith('=')) return [text.slice(1)]
  return [...text.matchAll(/\{\{([\s\S]*?)(?:\}\}|$)/g)].map(([, part = '']) => part.replace(/^\s*[#/](?:if|loop)/, ''))
}

const isEvaluated = (text: string): boolean => text.startsWith('=') || text.includes('{{')

/** Texts of a component that may be evaluated, except those of the components in it. */
function textsIn(value: Json, depth: number): string[] {
  if (typeof value === 'string') return isEvaluated(value) ? [value] : []
  if (Array.isArray(value)) return depth > MAX_DEPTH ? [] : value.flatMap((inner) => textsIn(inner, depth + 1))
  if (!isObject(value) || depth > MAX_DEPTH) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    depth === 0 && name === 'components' ? [] : textsIn(inner, depth + 1),
  )
}

function textAt(source: { [name: string]: Json }, ...path: readonly string[]): string | null {
  let value: Json | undefined = source
  for (const name of path) value = value !== undefined && isObject(value) ? own(value, name) : undefined
  return typeof value === 'string' && value !== '' ? value : null
}

function named(source: { [name: string]: Json }, pattern: string): CostlyComponent {
  const id = textAt(source, 'id')
  const words = textAt(source, 'label')
  const label = words !== null && isEvaluated(words) ? null : words
  const name = textAt(source, 'key') ?? textAt(source, 'path') ?? label ?? id ?? textAt(source, 'type') ?? ''
  return { id, name, label, reason: 'patternSlow', found: pattern.slice(0, 100) }
}
