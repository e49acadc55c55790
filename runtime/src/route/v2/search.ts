import { Rejection } from '@bihuan/engine'
import { and, asc, type Column, desc, or, type SQL, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { compare, type Filter, left, list } from './filter.ts'
import { closed, Item, optional } from './shape.ts'

/**
 * Searches in the shapes of Camunda 8's REST interface: `filter`, `sort`, `page`; a filter value stands for itself or is
 * an object of operators. What a search does not know it refuses, so that no filter is silently lost.
 */
export const SearchRequest = closed({
  filter: optional(Item),
  sort: optional(
    Type.Array(
      closed({
        field: Type.String(),
        order: Type.Optional(
          Type.Union([Type.Literal('ASC'), Type.Literal('DESC'), Type.Literal('asc'), Type.Literal('desc')]),
        ),
      }),
      { maxItems: 10 },
    ),
  ),
  page: optional(
    closed({
      from: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
      limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
      after: Type.Optional(Type.String({ maxLength: 100 })),
      before: Type.Optional(Type.String({ maxLength: 100 })),
    }),
  ),
})

type Request = Static<typeof SearchRequest>

const DEFAULT_LIMIT = 100

export interface SearchPlan {
  readonly where: SQL | undefined
  readonly order: readonly SQL[]
  readonly limit: number
  readonly offset: number
}

/**
 * A search as conditions. `filters` are what it can filter by, those with a column what it can sort by; `$or` holds
 * filters of which one must fit. `last` makes the order total. Throws `BODY_INVALID` naming what it does not know.
 */
export function planSearch(request: Request, filters: { readonly [name: string]: Filter }, last: Column): SearchPlan {
  const order = (request.sort ?? []).map(({ field, order: way }) => {
    const found = Object.hasOwn(filters, field) ? filters[field] : undefined
    if (found === undefined || typeof found === 'function') {
      const sortable = Object.entries(filters).flatMap(([name, one]) => (typeof one === 'function' ? [] : [name]))
      throw invalid('sort.field', 'oneOf', sortable)
    }
    return way?.toUpperCase() === 'DESC' ? desc(left(found.column)) : asc(left(found.column))
  })
  const { after, before, from } = request.page ?? {}
  const limit = request.page?.limit ?? DEFAULT_LIMIT
  const plan = { where: conditions(request.filter ?? {}, filters, true), order: [...order, asc(last)] }
  if (after !== undefined && after !== '') return { ...plan, limit, offset: readPlace(after) }
  if (before !== undefined && before !== '') {
    // The page that ends where the given one began.
    const end = readPlace(before)
    const offset = Math.max(0, end - limit)
    return { ...plan, limit: end - offset, offset }
  }
  return { ...plan, limit, offset: from ?? 0 }
}

function conditions(
  filter: { readonly [name: string]: unknown },
  filters: { readonly [name: string]: Filter },
  takesOr: boolean,
): SQL | undefined {
  return and(
    ...Object.entries(filter).map(([name, value]) => {
      if (value === undefined) return undefined
      if (name === '$or' && takesOr) {
        const some = list(value, '$or').map((one) => {
          if (one === null || typeof one !== 'object' || Array.isArray(one))
            throw new Rejection('BODY_INVALID', { field: '$or', type: 'object' })
          return conditions(one as { [name: string]: unknown }, filters, false) ?? always
        })
        return some.length === 0 ? undefined : or(...some)
      }
      if (!Object.hasOwn(filters, name)) throw invalid(`filter.${name}`.slice(0, 200), 'oneOf', Object.keys(filters))
      const meaning = filters[name]!
      return typeof meaning === 'function' ? meaning(value, name) : compare(name, value, meaning)
    }),
  )
}

const always = sql`1 = 1`

const writePlace = (place: number) => Buffer.from(`v1:${place}`).toString('base64')

function readPlace(cursor: string): number {
  const place = /^v1:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1]
  if (place === undefined) throw invalid('page', 'cursor')
  return Number(place)
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
