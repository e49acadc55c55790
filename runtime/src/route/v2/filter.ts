import { Rejection } from '@bihuan/engine'
import {
  and,
  type Column,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { invalid } from '../../contract/fault.ts'
import { ofCase } from '../../db/of-case.ts'
import type { Store } from '../../db/store.ts'

/**
 * How a wire value becomes a stored one. Patterns are for texts that are stored as they are shown, and for words, which
 * are compared as they are shown.
 */
export interface Reader {
  (value: unknown, name: string): unknown
  readonly takesPatterns?: true
  readonly words?: { readonly [wire: string]: string | null }
}

/** What can be searched for and sorted by: a column, and how a wire value becomes a stored one. */
export interface Searchable {
  readonly column: Column | SQL
  readonly read: Reader
  /** What also holds of the rows in which the column has a value, where no index knows the column. */
  readonly where?: (value: unknown) => SQL
}

/** What a filter means: a column compared, or a condition of its own; `filter` is all that is asked beside it. */
export type Filter =
  | Searchable
  | ((value: unknown, name: string, filter: { readonly [name: string]: unknown }) => SQL | undefined)

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

/** Marks a reader of texts that are stored as they are shown. */
export const takingPatterns = <T>(one: (value: unknown, name?: string) => T) =>
  Object.assign(one, { takesPatterns: true as const })

/** Readers of wire values; each names the entry it could not read. */
export const read = {
  key(value: unknown, name = 'key'): number {
    const key = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : Number.NaN
    if (!Number.isSafeInteger(key)) throw invalid(name, 'key')
    return key
  },
  text: takingPatterns((value, name = 'filter'): string => {
    if (typeof value !== 'string') throw new Rejection('BODY_INVALID', { field: name, type: 'text' })
    if (value.length > 1000) throw invalid(name, 'charactersAtMost', 1000)
    return value
  }),
  integer(value: unknown, name = 'filter'): number {
    if (!Number.isSafeInteger(value)) throw new Rejection('BODY_INVALID', { field: name, type: 'integer' })
    return value as number
  },
  boolean(value: unknown, name = 'filter'): boolean {
    if (typeof value !== 'boolean') throw new Rejection('BODY_INVALID', { field: name, type: 'boolean' })
    return value
  },
  /** `Date.parse` alone takes nearly any text with a number in it, and takes a time without a zone as one of this machine. */
  time(value: unknown, name = 'filter'): number {
    const at = typeof value === 'string' && isoTime.test(value) ? Date.parse(value) : Number.NaN
    if (Number.isNaN(at)) throw invalid(name, 'isoTime')
    return at
  },
  /** A word of the interface, as one of ours; null for words that nothing here ever is. */
  word(words: { readonly [wire: string]: string | null }): Reader {
    const one = (value: unknown, name = 'filter'): string => {
      if (typeof value !== 'string' || !Object.hasOwn(words, value)) throw invalid(name, 'oneOf', Object.keys(words))
      return words[value] ?? ''
    }
    return Object.assign(one, { words })
  },
}

type Operator = (
  column: Column | SQL,
  value: unknown,
  one: (value: unknown) => unknown,
  name: string,
) => SQL | undefined

const never = sql`1 = 0`

/** What has no value is unlike any. */
const unless = (column: Column | SQL, condition: SQL) => or(isNull(left(column)), condition)

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Rejection('BODY_INVALID', { field: name, type: 'array' })
  if (value.length > 1000) throw invalid(name, 'itemsAtMost', 1000)
  return value
}

type Condition = SQL | undefined

/** Halves within halves: SQLite takes no expression that nests a thousand deep, and a plain row of conditions does. */
function joined(conditions: readonly Condition[], join: (a: Condition, b: Condition) => Condition): Condition {
  if (conditions.length < 2) return conditions[0]
  const half = conditions.length >> 1
  return join(joined(conditions.slice(0, half), join), joined(conditions.slice(half), join))
}

/** However many conditions, all of which must hold. */
export const every = (conditions: readonly Condition[]): Condition => joined(conditions, and)
/** However many conditions, one of which must hold. */
export const some = (conditions: readonly Condition[]): Condition => joined(conditions, or)

/** Values one filter may hold: a statement takes 32,766 of them (SQLite), and each is sent some times over. */
const MAX_VALUES = 2000

/** Throws `BODY_INVALID` for a filter with more values than a statement takes. */
export function checkValues(filter: object): void {
  let left = MAX_VALUES
  const walk = (value: unknown): void => {
    if (value === null) return
    if (typeof value !== 'object') {
      left -= 1
      if (left < 0) throw invalid('filter', 'itemsAtMost', MAX_VALUES)
    } else for (const part of Object.values(value)) walk(part)
  }
  walk(filter)
}

/** Postgres and SQLite both take a column or an expression on the left; the library's types ask for a column. */
export const left = (column: Column | SQL) => column as Column

const operators: { readonly [name: string]: Operator } = {
  $eq: (column, value, one) => eq(left(column), one(value)),
  $neq: (column, value, one) => unless(column, ne(left(column), one(value))),
  $gt: (column, value, one) => gt(left(column), one(value)),
  $gte: (column, value, one) => gte(left(column), one(value)),
  $lt: (column, value, one) => lt(left(column), one(value)),
  $lte: (column, value, one) => lte(left(column), one(value)),
  $exists: (column, value, _one, name) => (read.boolean(value, name) ? isNotNull(left(column)) : isNull(left(column))),
  // An empty list holds nothing.
  $in: (column, value, one, name) => {
    const values = list(value, name).map(one)
    return values.length === 0 ? never : inArray(left(column), values)
  },
  $notIn: (column, value, one, name) => {
    const values = list(value, name).map(one)
    return values.length === 0 ? undefined : unless(column, notInArray(left(column), values))
  },
}
const operatorNames = [...Object.keys(operators), '$like']

/** A constant of this code as SQL text. */
export const quoted = (word: string) => sql.raw(`'${word}'`)

/** A column of ours in the words of the interface. */
function inWords(column: Column | SQL, words: NonNullable<Reader['words']>): SQL {
  const cases = Object.entries(words).flatMap(([wire, own]) =>
    own === null ? [] : [sql`when ${quoted(own)} then ${quoted(wire)}`],
  )
  return sql`case ${column} ${sql.join(cases, sql` `)} end`
}

/** `*` and `?` stand for any text and any character; a backslash takes their meaning away. */
function like(
  { dialect }: Pick<Store, 'dialect'>,
  { column, read: readOne }: Searchable,
  value: unknown,
  name: string,
) {
  if (!readOne.takesPatterns && !readOne.words) throw invalid(name, 'oneOf', Object.keys(operators))
  const shown = readOne.words ? inWords(column, readOne.words) : column
  const marks = [...read.text(value, name).matchAll(/\\([*?\\])|./gsu)]
  const pattern = (any: string, one: string, plain: (character: string) => string) =>
    marks.map(([mark, escaped]) => (mark === '*' ? any : mark === '?' ? one : plain(escaped ?? mark))).join('')
  // LIKE of SQLite takes a letter for the other case of it; GLOB does not.
  return dialect === 'libsql'
    ? sql`${shown} glob ${pattern('*', '?', (character) => character.replace(/[[*?]/, '[$&]'))}`
    : sql`${shown} like ${pattern('%', '_', (character) => character.replace(/[\\%_]/, '\\$&'))} escape '\\'`
}

/** A filter value as a condition: the value itself, or an object of operators that must all hold. */
export function compare(
  store: Pick<Store, 'dialect'>,
  name: string,
  value: unknown,
  searchable: Searchable,
): SQL | undefined {
  const { column, read: readOne, where } = searchable
  const one = (item: unknown) => readOne(item, name)
  const near = (values: readonly unknown[]) => where && some(values.map(where))
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return and(eq(left(column), one(value)), near([one(value)]))
  return and(
    ...Object.entries(value).map(([operator, operand]) => {
      const field = `${name}.${operator}`.slice(0, 200)
      if (operand === null) return undefined
      if (operator === '$like') return like(store, searchable, operand, field)
      if (!Object.hasOwn(operators, operator)) throw invalid(field, 'oneOf', operatorNames)
      const condition = operators[operator]!(column, operand, one, field)
      if (operator === '$eq') return and(condition, near([one(operand)]))
      if (operator === '$in') return and(condition, near(list(operand, field).map(one)))
      return condition
    }),
  )
}

/** What a filter asks of a property with several values: that there are any, and that one of them is as asked. */
export interface Several {
  readonly any: SQL
  readonly one: (operator: '$eq' | '$in' | '$like', operand: unknown, name: string) => SQL | undefined
}

/** A filter value over a property with several values: one of them must be as asked, and none as is asked not to be. */
export function compareSeveral(name: string, value: unknown, { any, one }: Several): SQL | undefined {
  const not = (condition: SQL | undefined) => condition && sql`not (${condition})`
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return one('$eq', value, name)
  return and(
    ...Object.entries(value).map(([operator, operand]) => {
      const field = `${name}.${operator}`.slice(0, 200)
      if (operand === null) return undefined
      if (operator === '$exists') return read.boolean(operand, field) ? any : not(any)
      if (operator === '$neq') return not(one('$eq', operand, field))
      if (operator === '$notIn') return not(one('$in', operand, field))
      if (operator === '$eq' || operator === '$in' || operator === '$like') return one(operator, operand, field)
      throw invalid(field, 'oneOf', ['$eq', '$neq', '$exists', '$in', '$notIn', '$like'])
    }),
  )
}

/** The case that rows belong to, by their key or another of the case that an index knows. */
export const caseOfRows = (instanceKey: Column, key: Column): Searchable => ({
  column: instanceKey,
  read: read.key,
  where: (value) => ofCase(key, value as number),
})

/** A condition as a column that is true or false, to filter and sort by. */
export const flag = (condition: SQL): Searchable => ({
  column: sql`case when ${condition} then 1 else 0 end`,
  read: (value, name) => (read.boolean(value, name) ? 1 : 0),
})

/** A filter that takes true or false and means a condition or its opposite. */
export const whether =
  (condition: SQL) =>
  (value: unknown, name: string): SQL =>
    read.boolean(value, name) ? condition : sql`not (${condition})`
