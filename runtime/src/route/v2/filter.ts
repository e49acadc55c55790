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
  type SQL,
  sql,
} from 'drizzle-orm'
import { invalid } from '../../contract/fault.ts'

/** What can be searched for and sorted by: a column, and how a wire value becomes a stored one. */
export interface Searchable {
  readonly column: Column | SQL
  readonly read: (value: unknown, name: string) => unknown
}

/** What a filter means: a column compared, or a condition of its own; `filter` is all that is asked beside it. */
export type Filter =
  | Searchable
  | ((value: unknown, name: string, filter: { readonly [name: string]: unknown }) => SQL | undefined)

/** Readers of wire values; each names the entry it could not read. */
export const read = {
  key(value: unknown, name = 'key'): number {
    const key = typeof value === 'string' && /^[0-9]{1,16}$/.test(value) ? Number(value) : Number.NaN
    if (!Number.isSafeInteger(key)) throw invalid(name, 'key')
    return key
  },
  text(value: unknown, name = 'filter'): string {
    if (typeof value !== 'string') throw new Rejection('BODY_INVALID', { field: name, type: 'text' })
    if (value.length > 1000) throw invalid(name, 'charactersAtMost', 1000)
    return value
  },
  integer(value: unknown, name = 'filter'): number {
    if (!Number.isSafeInteger(value)) throw new Rejection('BODY_INVALID', { field: name, type: 'integer' })
    return value as number
  },
  boolean(value: unknown, name = 'filter'): boolean {
    if (typeof value !== 'boolean') throw new Rejection('BODY_INVALID', { field: name, type: 'boolean' })
    return value
  },
  time(value: unknown, name = 'filter'): number {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
    if (Number.isNaN(at)) throw invalid(name, 'isoTime')
    return at
  },
  /** A word of the interface, as one of ours; null for words that nothing here ever is. */
  word:
    (words: { readonly [wire: string]: string | null }) =>
    (value: unknown, name = 'filter'): string => {
      if (typeof value !== 'string' || !Object.hasOwn(words, value)) throw invalid(name, 'oneOf', Object.keys(words))
      return words[value] ?? ''
    },
}

type Operator = (
  column: Column | SQL,
  value: unknown,
  one: (value: unknown) => unknown,
  name: string,
) => SQL | undefined

const never = sql`1 = 0`

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Rejection('BODY_INVALID', { field: name, type: 'array' })
  if (value.length > 1000) throw invalid(name, 'itemsAtMost', 1000)
  return value
}

/** Postgres and SQLite both take a column or an expression on the left; the library's types ask for a column. */
export const left = (column: Column | SQL) => column as Column

const operators: { readonly [name: string]: Operator } = {
  $eq: (column, value, one) => eq(left(column), one(value)),
  $neq: (column, value, one) => ne(left(column), one(value)),
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
    return values.length === 0 ? undefined : notInArray(left(column), values)
  },
  // `*` and `?` stand for any text and any character; a backslash takes their meaning away.
  $like: (column, value, _one, name) => {
    const text = read
      .text(value, name)
      .replace(/\\([*?\\])|[\\%_*?]/g, (mark, escaped: string | undefined) =>
        escaped !== undefined
          ? escaped === '\\'
            ? '\\\\'
            : escaped
          : mark === '*'
            ? '%'
            : mark === '?'
              ? '_'
              : `\\${mark}`,
      )
    return sql`${column} like ${text} escape '\\'`
  },
}

/** A filter value as a condition: the value itself, or an object of operators that must all hold. */
export function compare(name: string, value: unknown, { column, read: readOne }: Searchable): SQL | undefined {
  const one = (item: unknown) => readOne(item, name)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return eq(left(column), one(value))
  return and(
    ...Object.entries(value).map(([operator, operand]) => {
      const field = `${name}.${operator}`.slice(0, 200)
      if (!Object.hasOwn(operators, operator)) throw invalid(field, 'oneOf', Object.keys(operators))
      return operators[operator]!(column, operand, one, field)
    }),
  )
}

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
