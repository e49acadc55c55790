import { Rejection } from '@bihuan/engine'
import {
  and,
  asc,
  type Column,
  desc,
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
import { Type } from 'typebox'

/**
 * Searches in the shapes of Camunda 8's REST interface: `filter`, `sort`, `page`; a filter value stands for itself or is
 * an object of operators. What a search does not know it refuses, so that no filter is silently lost.
 */
export const SearchRequest = Type.Object({
  filter: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  sort: Type.Optional(
    Type.Union([
      Type.Array(
        Type.Object({
          field: Type.String(),
          order: Type.Optional(
            Type.Union([Type.Literal('ASC'), Type.Literal('DESC'), Type.Literal('asc'), Type.Literal('desc')]),
          ),
        }),
        { maxItems: 10 },
      ),
      Type.Null(),
    ]),
  ),
  page: Type.Optional(
    Type.Union([
      Type.Object({
        from: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
        limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
        after: Type.Optional(Type.String({ maxLength: 100 })),
        before: Type.Optional(Type.String({ maxLength: 100 })),
      }),
      Type.Null(),
    ]),
  ),
})

interface Request {
  readonly filter?: { readonly [name: string]: unknown } | null
  readonly sort?: readonly { readonly field: string; readonly order?: string }[] | null
  readonly page?: {
    readonly from?: number
    readonly limit?: number
    readonly after?: string
    readonly before?: string
  } | null
}

/** What can be searched for: a column, and how a wire value becomes a stored one. */
export interface Searchable {
  readonly column: Column
  readonly read: (value: unknown) => unknown
}

const refuse = (field: string, why: string): never => {
  throw new Rejection('BODY_INVALID', { field, why })
}

/** Readers of wire values. */
export const read = {
  key(value: unknown): number {
    const key =
      typeof value === 'string' && /^[0-9]{1,16}$/.test(value)
        ? Number(value)
        : typeof value === 'number'
          ? value
          : Number.NaN
    return Number.isSafeInteger(key) && key >= 0 ? key : refuse('key', 'a decimal string')
  },
  text: (value: unknown): string =>
    typeof value === 'string' && value.length <= 1000 ? value : refuse('filter', 'text'),
  integer: (value: unknown): number =>
    Number.isSafeInteger(value) ? (value as number) : refuse('filter', 'an integer'),
  time(value: unknown): number {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
    return Number.isNaN(at) ? refuse('filter', 'an ISO 8601 time') : at
  },
  /** A state in capitals, as one of ours. */
  state:
    (states: { readonly [wire: string]: string }) =>
    (value: unknown): string =>
      typeof value === 'string' && Object.hasOwn(states, value)
        ? states[value]!
        : refuse('state', Object.keys(states).join(', ')),
}

type Operator = (column: Column, value: unknown, readOne: (value: unknown) => unknown) => SQL

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) && value.length <= 1000 ? value : refuse('filter', 'a list of at most 1000')

const operators: { readonly [name: string]: Operator } = {
  $eq: (column, value, one) => eq(column, one(value)),
  $neq: (column, value, one) => ne(column, one(value)),
  $gt: (column, value, one) => gt(column, one(value)),
  $gte: (column, value, one) => gte(column, one(value)),
  $lt: (column, value, one) => lt(column, one(value)),
  $lte: (column, value, one) => lte(column, one(value)),
  $exists: (column, value) => (value === true ? isNotNull(column) : isNull(column)),
  $in: (column, value, one) => inArray(column, list(value).map(one)),
  $notIn: (column, value, one) => notInArray(column, list(value).map(one)),
  // `*` and `?` stand for any text and any character.
  $like: (column, value) => {
    const text = read
      .text(value)
      .replace(/[\\%_]/g, (mark) => `\\${mark}`)
      .replaceAll('*', '%')
      .replaceAll('?', '_')
    return sql`${column} like ${text} escape '\\'`
  },
}

const never = sql`1 = 0`

function conditionOf(name: string, value: unknown, { column, read: one }: Searchable): SQL | undefined {
  if (value === null || typeof value !== 'object') return eq(column, one(value))
  const parts = Object.entries(value).map(([operator, operand]) => {
    const apply = Object.hasOwn(operators, operator)
      ? operators[operator]!
      : refuse(`${name}.${operator}`, Object.keys(operators).join(', '))
    // An empty list holds nothing.
    if (operator === '$in' && Array.isArray(operand) && operand.length === 0) return never
    if (operator === '$notIn' && Array.isArray(operand) && operand.length === 0) return undefined
    return apply(column, operand, one)
  })
  return and(...parts)
}

const DEFAULT_LIMIT = 100

export interface SearchPlan {
  readonly where: SQL | undefined
  readonly order: readonly SQL[]
  readonly limit: number
  readonly offset: number
}

/**
 * A search as conditions. `fields` are what it can filter and sort by; filters named in `others` are left to the
 * caller. Throws `BODY_INVALID` naming an unknown field or operator.
 */
export function planSearch(
  request: Request,
  fields: { readonly [name: string]: Searchable },
  last: Column,
  others: readonly string[] = [],
): SearchPlan {
  const find = (name: string): Searchable =>
    Object.hasOwn(fields, name)
      ? fields[name]!
      : refuse(name.slice(0, 100), [...Object.keys(fields), ...others].join(', '))
  const where = and(
    ...Object.entries(request.filter ?? {})
      .filter(([name, value]) => value !== undefined && !others.includes(name))
      .map(([name, value]) => conditionOf(name, value, find(name))),
  )
  const order = (request.sort ?? []).map(({ field, order: way }) =>
    way?.toUpperCase() === 'DESC' ? desc(find(field).column) : asc(find(field).column),
  )
  const limit = request.page?.limit ?? DEFAULT_LIMIT
  const { after, before, from } = request.page ?? {}
  const offset =
    after !== undefined && after !== ''
      ? readPlace(after)
      : before !== undefined && before !== ''
        ? Math.max(0, readPlace(before) - limit)
        : (from ?? 0)
  return { where, order: [...order, asc(last)], limit, offset }
}

const writePlace = (place: number) => Buffer.from(`v1:${place}`).toString('base64url')

function readPlace(cursor: string): number {
  const place = /^v1:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1]
  return place === undefined ? refuse('page', 'a cursor this search gave') : Number(place)
}

/** A page in the shape of Camunda 8. */
export function pageOf<T>(plan: SearchPlan, items: T[], total: number) {
  return {
    items,
    page: {
      totalItems: total,
      hasMoreTotalItems: false,
      startCursor: items.length === 0 ? null : writePlace(plan.offset),
      endCursor: items.length === 0 ? null : writePlace(plan.offset + items.length),
    },
  }
}

/** The shape of a page of such items. */
export const SearchAnswer = Type.Object({
  items: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  page: Type.Object({
    totalItems: Type.Integer(),
    hasMoreTotalItems: Type.Boolean(),
    startCursor: Type.Union([Type.String(), Type.Null()]),
    endCursor: Type.Union([Type.String(), Type.Null()]),
  }),
})

/** Any JSON object: shapes that are Camunda's to define. */
export const Item = Type.Record(Type.String(), Type.Unknown())
export const Variables = Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]))
