import { backtracks, costOf } from '../feel/index.ts'
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
  readonly reason: Extract<Reason, 'endless' | 'costly' | 'patternSlow'>
  /** The expression or pattern. */
  readonly found: string
}

/** Work of all expressions of a form together, each row of a list counted: 0.2 s on a slow phone. */
const MOST_WORK = 500_000
/** Characters of all texts with expressions. */
const MOST_TEXT = 80_000
/** Rows that a list in a form is taken to have. */
const ROWS = 100
const MAX_DEPTH = 40
const WORDS = { endless: 'endless', large: 'costly', pattern: 'patternSlow' } as const

/**
 * Components whose expressions, templates or patterns compute without end, or far too much. The server would stop
 * them; form-js in a browser has no such limit, and neither a phone nor a window of the studio would answer again. So a
 * form is judged by this before it is shown anywhere: at deploy by `readForm`, in the studio before its previews.
 *
 * All texts of a component are looked at, whatever property they stand in: form-js evaluates many of them.
 *
 * @param schema a form, whether it can be read or not
 */
export function costlyComponents(schema: unknown): CostlyComponent[] {
  const judge = new CostJudge()
  if (isObject(schema as Json)) judge.within(schema as { [name: string]: Json }, 1, 0)
  return judge.found()
}

class CostJudge {
  readonly #found: CostlyComponent[] = []
  #work = 0
  #text = 0
  #dearest: { readonly component: CostlyComponent; readonly work: number } | null = null

  found(): CostlyComponent[] {
    if (this.#work > MOST_WORK && this.#dearest && this.#found.length === 0) return [this.#dearest.component]
    return this.#found
  }

  within(source: { [name: string]: Json }, times: number, depth: number): void {
    const components = own(source, 'components')
    if (!Array.isArray(components) || depth > MAX_DEPTH) return
    for (const component of components) {
      if (!isObject(component)) continue
      this.#component(component, times)
      this.within(component, own(component, 'type') === 'dynamiclist' ? times * ROWS : times, depth + 1)
    }
  }

  #component(source: { [name: string]: Json }, times: number): void {
    const texts = textsIn(source, 0)
    const check = textAt(source, 'properties', 'check')
    if (check !== null && !check.startsWith('=')) texts.push(`=${check}`)
    let fault: CostlyComponent | null = null
    for (const text of texts) {
      if (this.#text > MOST_TEXT) break
      fault ??= this.#judge(source, text, times)
    }
    const pattern = textAt(source, 'validate', 'pattern')
    if (!fault && pattern !== null && backtracks(pattern)) fault = named(source, 'patternSlow', pattern)
    if (fault) this.#found.push(fault)
  }

  #judge(source: { [name: string]: Json }, text: string, times: number): CostlyComponent | null {
    this.#text += text.length
    if (this.#text > MOST_TEXT) return named(source, 'costly', text)
    let work = 0
    const loops = [times]
    for (const { sources, opens, closes } of expressionsIn(text)) {
      const inside = loops.at(-1)!
      if (closes && loops.length > 1) loops.pop()
      let items = 1
      for (const expression of sources) {
        const cost = costOf(expression)
        if ('fault' in cost) return named(source, WORDS[cost.fault], expression)
        items = Math.max(items, cost.items)
        work += cost.work * inside
      }
      if (opens) loops.push(inside * items)
    }
    if (work > MOST_WORK) return named(source, 'costly', text)
    this.#work += work
    if (!this.#dearest || work > this.#dearest.work) this.#dearest = { component: named(source, 'costly', text), work }
    return null
  }
}

interface Part {
  /** Ways to read it: as it is, and as it stands in what form-js makes of it. */
  readonly sources: readonly string[]
  /** Whether it is the head or the end of a `{{#loop}}`. */
  readonly opens: boolean
  readonly closes: boolean
}

/** Expressions in a text: all of `=…`, the parts of `{{…}}` up to the next `}}` or the end, as feelers reads them. */
function expressionsIn(text: string): Part[] {
  // What is inserted stands in `string(…)`; a part could leave the brackets and still be one expression.
  const inserted = (part: string) => [part, `string(${part})`]
  if (text.startsWith('=')) return [{ sources: inserted(text.slice(1)), opens: false, closes: false }]
  return [...text.matchAll(/\{\{([\s\S]*?)(?:\}\}|$)/g)].map(([, part = '']) => {
    const span = /^\s*([#/])(if|loop)/.exec(part)
    if (!span) return { sources: inserted(part), opens: false, closes: false }
    const isLoop = span[2] === 'loop'
    return {
      sources: span[1] === '#' ? [part.slice(span[0].length)] : [],
      opens: isLoop && span[1] === '#',
      closes: isLoop && span[1] === '/',
    }
  })
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

function named(source: { [name: string]: Json }, reason: CostlyComponent['reason'], found: string): CostlyComponent {
  const id = textAt(source, 'id')
  const words = textAt(source, 'label')
  const label = words !== null && isEvaluated(words) ? null : words
  const name = textAt(source, 'key') ?? textAt(source, 'path') ?? label ?? id ?? textAt(source, 'type') ?? ''
  return { id, name, label, reason, found: found.trim().slice(0, 100) }
}
