import { date, evaluate, type FeelDateTime, FeelFunction, type FeelRange, isRange } from 'feelin'
import { RE2JS } from 're2js'
import { BudgetError, limits, sizeOf, spend, withinBudget, work } from './budget.ts'
import { dayAt, nowAt } from './temporal.ts'

/** The time of the command being worked on: what `now()` and `today()` tell. */
let clock = 0
export function setClock(at: number): void {
  clock = at
}

type Builtin = (...args: unknown[]) => unknown

/** A built-in of the interpreter. Its functions are values of the language, so evaluating the name gives it. */
function builtin(name: string): Builtin {
  return evaluate(name).value as Builtin
}

const isNil = (value: unknown): value is null | undefined => value === null || value === undefined

/**
 * A list of the items of a closed range of whole numbers; anything else unchanged. Bounded before it is built. `body`
 * is the size of what is done for each item.
 */
function itemsOf(value: unknown, body: unknown): unknown {
  if (Array.isArray(value)) {
    spend(value.length)
    work(value.length * Number(body))
    return value
  }
  if (!isRange(value)) return value
  const range: FeelRange = value
  const { start, end } = range as { start: unknown; end: unknown }
  if (typeof start === 'number' && typeof end === 'number') {
    if (!Number.isInteger(end - start)) throw new BudgetError('a loop needs a range of whole steps')
    const count = Math.abs(end - start) + 1
    spend(count)
    work(count * Number(body))
  }
  return range.map((item: unknown) => item)
}

/** A filter looks at each item: as many steps as there are, each as large as its test (`body`). */
function filterTarget(value: unknown, body: unknown): unknown {
  if (Array.isArray(value)) {
    spend(value.length)
    work(value.length * Number(body))
  }
  return value
}

/** A value that is compared with another. */
function compared(value: unknown): unknown {
  work(sizeOf(value))
  return value
}

const isPlain = (value: unknown): boolean => isNil(value) || typeof value !== 'object'

const distinctOf = builtin('distinct values')
const joinOf = builtin('string join')

/** Equality of two values as the language has it. */
const same = (a: unknown, b: unknown): boolean => (distinctOf([a, b]) as unknown[]).length === 1

/** The items of lists without repetitions, in the order of their first (DMN 1.5 §10.3.4.4): plain ones by a set. */
const distinct: Builtin = (...lists) => {
  const plain = new Set<unknown>()
  const others: unknown[] = []
  return lists.flat().filter((item) => {
    if (isPlain(item)) return plain.size < plain.add(item ?? null).size
    work(4 * others.length * sizeOf(item))
    if (others.some((other) => same(other, item))) return false
    others.push(item)
    return true
  })
}

/** Lists nested in lists, laid out flat (DMN 1.5 §10.3.4.4); stops before it outgrows the budget. */
function flatten(list: unknown): unknown {
  if (isNil(list)) return null
  const result: unknown[] = []
  const walk = (items: readonly unknown[]): void => {
    spend(items.length)
    for (const item of items) {
      if (Array.isArray(item)) walk(item)
      else result.push(item)
    }
  }
  walk(Array.isArray(list) ? list : [list])
  return result
}

const patterns = new Map<string, RE2JS>()

/** A pattern in linear time (RE2 syntax: no look-around, no back-references). Flags `s`, `m`, `i` as in XPath. */
function pattern(source: string, flags: unknown): RE2JS {
  const wanted = typeof flags === 'string' ? flags : ''
  const key = `${wanted}/${source}`
  const cached = patterns.get(key)
  if (cached) return cached
  if (source.length > limits.cell) throw new BudgetError('the pattern is too long')
  const bits =
    (wanted.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (wanted.includes('s') ? RE2JS.DOTALL : 0) |
    (wanted.includes('m') ? RE2JS.MULTILINE : 0)
  if (patterns.size > 500) patterns.clear()
  const compiled = RE2JS.compile(source, bits)
  patterns.set(key, compiled)
  return compiled
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** A text that is searched by a pattern: each character is looked at. */
function searched(text: string): string {
  work(3 * text.length)
  return text
}

/** How much a call may build, judged by what goes in. */
function weighed(name: string): Builtin {
  const original = builtin(name)
  return (...args) => {
    for (const arg of args) withinBudget(arg)
    return withinBudget(original(...args))
  }
}

const joinTexts: Builtin = (...args) => {
  const list = args[0]
  if (Array.isArray(list)) {
    const total = list.reduce((sum: number, item) => sum + (typeof item === 'string' ? item.length : 0), 0)
    const between = typeof args[1] === 'string' ? args[1].length * list.length : 0
    if (total + between > limits.text) throw new BudgetError('the expression builds too long a text')
  }
  return joinOf(...args)
}

/** Names by which the rewritten expression calls the budget; no model needs them. */
export const guards = {
  items: 'budget of items',
  filter: 'budget of filter',
  value: 'budget of value',
  compare: 'budget of compare',
} as const

/**
 * Functions laid over the interpreter's own: what it lacks (Camunda FEEL: `is defined`, `get or else`, `is blank`,
 * `is empty`, `trim`), what must not read the machine's clock (`now`, `today`), and what could run away.
 */
const functions: { readonly [name: string]: readonly [Builtin, readonly string[]] } = {
  'is defined': [(value) => !isNil(value), ['value']],
  'get or else': [(value, fallback) => (isNil(value) ? fallback : value), ['value', 'default']],
  'is blank': [(text) => (typeof text === 'string' ? text.trim() === '' : null), ['string']],
  'is empty': [(list) => (Array.isArray(list) ? list.length === 0 : isNil(list) ? null : false), ['list']],
  trim: [(text) => (typeof text === 'string' ? text.trim() : null), ['string']],
  now: [(): FeelDateTime => nowAt(clock), []],
  today: [() => date(dayAt(clock)), []],
  matches: [
    (text, source, flags) =>
      isText(text) && isText(source) ? pattern(source, flags).matcher(searched(text)).find() : null,
    ['input', 'pattern', 'flags'],
  ],
  replace: [
    (text, source, replacement, flags) =>
      isText(text) && isText(source) && isText(replacement)
        ? withinBudget(pattern(source, flags).matcher(searched(text)).replaceAll(replacement))
        : null,
    ['input', 'pattern', 'replacement', 'flags'],
  ],
  split: [
    (text, delimiter) =>
      isText(text) && isText(delimiter) ? withinBudget([...pattern(delimiter, '').split(searched(text), -1)]) : null,
    ['string', 'delimiter'],
  ],
  flatten: [flatten, ['list']],
  union: [distinct, ['...list']],
  'distinct values': [(list) => (isNil(list) ? null : distinct(Array.isArray(list) ? list : [list])), ['list']],
  'string join': [joinTexts, ['list', 'delimiter']],
  string: [weighed('string'), ['from']],
  'insert before': [weighed('insert before'), ['list', 'position', 'newItem']],
  'list replace': [weighed('list replace'), ['list', 'position', 'newItem']],
  [guards.items]: [itemsOf, ['items', 'body']],
  [guards.filter]: [filterTarget, ['items', 'body']],
  [guards.compare]: [compared, ['value']],
  [guards.value]: [withinBudget, ['value']],
}

/** Functions of any number of arguments; the interpreter unwraps a single list by itself. */
const variadic = ['concatenate', 'append', 'context merge'] as const

/** Functions that look into each item of what they are given. */
const DEEP = new Set(['list contains', 'index of', 'list replace', 'mode', 'string', 'is'])

/** Charges a call for what it looks at before it does. */
function charged(name: string, fn: Builtin): Builtin {
  const deep = DEEP.has(name)
  return (...args) => {
    const calls = args.some((arg) => arg instanceof FeelFunction || typeof arg === 'function')
    for (const arg of args) {
      const size = deep ? sizeOf(arg) : Array.isArray(arg) ? arg.length : isText(arg) ? arg.length >> 4 : 1
      work(calls ? 16 * size : size)
    }
    return fn(...args)
  }
}

/** What is laid over, by name: also the multi-word names the parser must know. */
export const library: { readonly [name: string]: FeelFunction } = Object.fromEntries([
  ...Object.entries(functions).map(
    ([name, [fn, parameters]]) => [name, new FeelFunction(fn, [...parameters])] as const,
  ),
  ...variadic.map((name) => [name, new FeelFunction(weighed(name), parametersOf(builtin(name)))] as const),
])

function parametersOf(fn: Builtin & { $args?: unknown }): string[] {
  return Array.isArray(fn.$args) ? (fn.$args as string[]) : []
}

const wrapped = new Map<string, FeelFunction | null>(Object.entries(library))

/** The function of that name, ours or the interpreter's; null when there is none. */
export function functionNamed(name: string): FeelFunction | null {
  let found = wrapped.get(name)
  if (found === undefined) {
    const fn: unknown = /^[a-z ]+$/.test(name) ? evaluate(name, {}).value : null
    found =
      typeof fn === 'function' ? new FeelFunction(charged(name, fn as Builtin), parametersOf(fn as Builtin)) : null
    if (wrapped.size < 1000) wrapped.set(name, found)
  }
  return found
}
