import { Rejection } from '@bihuan/engine'
import { and, asc, type Column, count, desc, eq, or, type SQL, type Subquery, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey } from '../../contract/wire.ts'
import type { Store } from '../../db/store.ts'
import type { Policy } from '../../identity/policy.ts'
import type { Who } from '../../identity/who.ts'
import { type Call, type Route, route } from '../route.ts'
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
export type Filters = { readonly [name: string]: Filter }

const DEFAULT_LIMIT = 100

interface SearchPlan {
  readonly where: SQL | undefined
  readonly order: readonly SQL[]
  readonly limit: number
  readonly offset: number
}

/**
 * A search as conditions. `filters` are what it can filter by, those with a column what it can sort by; `$or` holds
 * filters of which one must fit. `last` makes the order total. Throws `BODY_INVALID` naming what it does not know.
 */
function planSearch(request: Request, filters: Filters, last: Column): SearchPlan {
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

/** A filter as one condition; `$or` holds filters of which one must fit. Throws `BODY_INVALID`. */
export function conditions(
  filter: { readonly [name: string]: unknown },
  filters: Filters,
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
      return typeof meaning === 'function' ? meaning(value, name, filter) : compare(name, value, meaning)
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
function pageOf<T>(plan: SearchPlan, items: T[], total: number) {
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
const SearchAnswer = Type.Object({
  items: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  page: Type.Object({
    totalItems: Type.Integer(),
    hasMoreTotalItems: Type.Boolean(),
    startCursor: Type.Union([Type.String(), Type.Null()]),
    endCursor: Type.Union([Type.String(), Type.Null()]),
  }),
})

/** Rows of joined tables, of which nothing is asked yet: a query of drizzle before its `where`. */
export interface Source<R> {
  where(condition: SQL | undefined): Asked<R>
}
interface Asked<R> {
  as(alias: string): Subquery
  orderBy(...order: SQL[]): { limit(n: number): { offset(n: number): PromiseLike<readonly R[]> } }
  limit(n: number): PromiseLike<readonly R[]>
}

/** What can be looked up in one place: rows, and what a caller is shown of each. */
export interface Listing<R, T> {
  /** A fresh query each time: drizzle's builders are used up. */
  readonly rows: () => Source<R>
  /** Key of a row; also makes the order of a search total. */
  readonly key: Column
  /** What makes it total where several rows have one key. */
  readonly ties?: Column
  /** Shows a page of rows; `call` has what was asked for beside the filter. */
  readonly show: (rows: readonly R[], call: Pick<Call<unknown>, 'query'>) => readonly T[] | Promise<readonly T[]>
  /** What exists for the one who asks; everything when absent. */
  readonly visible?: (who: Who) => SQL | undefined
}

interface Door {
  readonly path: string
  readonly policy: Policy
  readonly summary: string
}

/** A search over a listing: `POST <path>`. */
export function searchRoute<R, T extends object>(
  store: Store,
  listing: Listing<R, T>,
  door: Door & {
    readonly filters: Filters | ((who: Who) => Filters)
    /** Names of query parameters that `show` reads. */
    readonly query?: readonly string[]
    /** What of the listing is searched; throws `NOT_FOUND` when the path names nothing. */
    readonly within?: (call: Pick<Call<unknown>, 'who' | 'params'>) => Promise<SQL | undefined>
  },
): Route {
  const { path, policy, summary, filters, query, within } = door
  return route({
    method: 'POST',
    path,
    policy,
    summary,
    input: SearchRequest,
    bodyOptional: true,
    output: SearchAnswer,
    ...(query && { query }),
    async handler(call) {
      const { who, body } = call
      const plan = planSearch(body, typeof filters === 'function' ? filters(who) : filters, listing.key)
      const where = and(plan.where, await within?.(call), listing.visible?.(who))
      const rows = await listing
        .rows()
        .where(where)
        .orderBy(...plan.order, ...(listing.ties ? [asc(listing.ties)] : []))
        .limit(plan.limit)
        .offset(plan.offset)
      const [total] = await store.read.select({ n: count() }).from(listing.rows().where(where).as('found'))
      return pageOf(plan, [...(await listing.show(rows, call))] as { [name: string]: unknown }[], total?.n ?? 0)
    },
  })
}

/** The row a path names. Throws `NOT_FOUND`, also for one that does not exist for the one who asks. */
export async function findRow<R, T>(
  { rows, key, visible }: Listing<R, T>,
  { who, params }: Pick<Call<unknown>, 'who' | 'params'>,
): Promise<R> {
  const [row] = await rows()
    .where(and(eq(key, readKey(params.key)), visible?.(who)))
    .limit(1)
  if (row === undefined) throw new Rejection('NOT_FOUND')
  return row
}

/** One row of a listing by its key: `GET <path>`, whose parameter is `:key`. */
export function getRoute<R, T extends object>(listing: Listing<R, T>, { path, policy, summary }: Door): Route {
  return route({
    method: 'GET',
    path,
    policy,
    summary,
    input: null,
    output: Item,
    async handler(call) {
      const [shown] = await listing.show([await findRow(listing, call)], call)
      return shown as { [name: string]: unknown }
    },
  })
}
