import { type Expression, isContext, isFunction, isList, put, typeOf, type Value } from './feel.ts'

/**
 * Types of DMN 1.5 §7.3.3 and what it is to conform to one (§10.3.2.9.4): a value is taken as it is, or after one of the
 * few conversions named there, else it is null.
 */
export type ItemType =
  | { readonly kind: 'base'; readonly name: string; readonly base: BaseType }
  | { readonly kind: 'list'; readonly name: string; readonly item: ItemType | null }
  | { readonly kind: 'structure'; readonly name: string; readonly entries: readonly TypeEntry[] }
  | { readonly kind: 'function'; readonly name: string; readonly result: ItemType | null }
  | {
      readonly kind: 'constrained'
      readonly name: string
      readonly type: ItemType | null
      readonly tests: Expression
      /** The allowed values as they are written, for their order. */
      readonly source: string
    }

export interface TypeEntry {
  readonly name: string
  readonly type: ItemType | null
}

export const baseTypes = [
  'string',
  'number',
  'boolean',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
  'context',
] as const
export type BaseType = (typeof baseTypes)[number]

/** Names that files and editors use for them: DMN 1.1 prefixes, dmn-js, Camunda 7. */
const ALIASES: { readonly [name: string]: BaseType } = {
  dateTime: 'date and time',
  dateandtime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
  integer: 'number',
  long: 'number',
  double: 'number',
}

/** The base type of a `typeRef`; `any` where everything conforms; null when the name is not one of FEEL's. */
export function baseTypeOf(typeRef: string): ItemType | 'any' | null {
  const name = typeRef.replace(/^feel[:.]/, '').trim()
  if (name === 'Any') return 'any'
  if (name === 'list') return { kind: 'list', name, item: null }
  if (name === 'function') return { kind: 'function', name, result: null }
  const base = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : baseTypes.find((one) => one === name)
  return base === undefined ? null : { kind: 'base', name: base, base }
}

/** What conforming may ask of an evaluation. */
export interface Judge {
  /** Whether a value is among the allowed ones. */
  allows(tests: Expression, value: Value): boolean
  /** What a FEEL text over `x` gives. */
  compute(source: string, x: Value): Value
  /** Counts a value that is looked at. */
  spend(count: number): void
}

/** The value as the type has it; undefined when it does not conform. Null conforms to every type. */
export function conform(value: Value, type: ItemType | null, judge: Judge): Value | undefined {
  judge.spend(1)
  if (value === null || type === null) return value
  if (isList(value) && value.length === 1 && !takesList(type)) return conform(value[0] ?? null, type, judge)
  switch (type.kind) {
    case 'base':
      return conformBase(value, type.base, judge)
    case 'function':
      return isFunction(value) ? value : undefined
    case 'list':
      return all(isList(value) ? value : [value], (item) => conform(item, type.item, judge))
    case 'structure':
      return structure(value, type.entries, judge)
    case 'constrained': {
      const taken = conform(value, type.type, judge)
      return taken !== undefined && judge.allows(type.tests, taken) ? taken : undefined
    }
  }
}

const takesList = (type: ItemType): boolean =>
  type.kind === 'list' || (type.kind === 'constrained' && (type.type === null || takesList(type.type)))

/** JSON has no dates: a text of the form is one, and is handed on as FEEL has it. */
const TEMPORAL: { readonly [base in BaseType]?: { readonly make: string; readonly form: RegExp } } = {
  date: { make: 'date(x)', form: /^-?\d{4,9}-\d\d-\d\d$/ },
  time: { make: 'time(x)', form: /^\d\d:\d\d:\d\d/ },
  'date and time': { make: 'date and time(x)', form: /^-?\d{4,9}-\d\d-\d\dT/ },
  'days and time duration': { make: 'duration(x)', form: /^-?P(?:\d+D)?(?:T[\d.HMS]+)?$/ },
  'years and months duration': { make: 'duration(x)', form: /^-?P(?:\d+Y)?(?:\d+M)?$/ },
}

function conformBase(value: Value, base: BaseType, judge: Judge): Value | undefined {
  const found = typeOf(value)
  if (found === base) return value
  if (base === 'date and time' && found === 'date')
    return judge.compute('date and time(x, time("00:00:00Z"))', value) ?? undefined
  const temporal = TEMPORAL[base]
  if (temporal === undefined || typeof value !== 'string') return undefined
  if (base === 'date and time' && TEMPORAL.date?.form.test(value)) return conformBase(`${value}T00:00:00Z`, base, judge)
  if (!temporal.form.test(value)) return undefined
  return judge.compute(temporal.make, value) ?? undefined
}

function all(values: readonly Value[], taken: (value: Value) => Value | undefined): Value | undefined {
  const result: Value[] = []
  for (const value of values) {
    const one = taken(value)
    if (one === undefined) return undefined
    result.push(one)
  }
  return result
}

/** A context has every entry of the structure; others it has are kept. */
function structure(value: Value, entries: readonly TypeEntry[], judge: Judge): Value | undefined {
  if (!isContext(value)) return undefined
  const result: { [name: string]: Value } = { ...value }
  for (const { name, type } of entries) {
    const taken = Object.hasOwn(value, name) ? conform(value[name] ?? null, type, judge) : undefined
    if (taken === undefined) return undefined
    put(result, name, taken)
  }
  return result
}
