import { type Key, Rejection } from '@bihuan/engine'
import { and, type Column, count, eq, type SQL, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { invalid } from '../../contract/fault.ts'
import { readKey } from '../../contract/wire.ts'
import type { Database, Store } from '../../db/store.ts'
import type { Policy } from '../../identity/policy.ts'
import type { Who } from '../../identity/who.ts'
import { type Call, type Route, route } from '../route.ts'
import { checkValues, compare, every, type Filter, left, list, some } from './filter.ts'
import {
  beyondRow,
  orderedBy,
  type PagePlan,
  pageFound,
  readRow,
  type Source,
  valuesOf,
  withValues,
  writeRow,
} from './place.ts'
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
        order: optional(
          Type.Union([Type.Literal('ASC'), Type.Literal('DESC'), Type.Literal('asc'), Type.Literal('desc')]),
        ),
      }),
      { maxItems: 10 },
    ),
  ),
  page: optional(
    closed({
      from: optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
      limit: optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
      after: optional(Type.String({ maxLength: 100 })),
      before: optional(Type.String({ maxLength: 100 })),
    }),
  ),
})

type Request = Static<typeof SearchRequest>
export type Filters = { readonly [name: string]: Filter }

const DEFAULT_LIMIT = 100
/** What fits is counted so far: Camunda's storage knows no more either. */
const MOST_COUNTED = 10_000

interface SearchPlan extends PagePlan {
  readonly where: SQL | undefined
  /** Keys of the row that the page comes after, or with `backwards` before. */
  readonly row: readonly number[] | null
}

/**
 * A search as conditions. `filters` are what it can filter by, those with a column what it can sort by; `$or` holds
 * filters of which one must fit. Throws `BODY_INVALID` naming what it does not know.
 */
function planSearch(
  store: Pick<Store, 'dialect'>,
  request: Request,
  filters: Filters,
  keys: readonly Column[],
): SearchPlan {
  const sorted = (request.sort ?? []).flatMap(({ field, order: way }) => {
    const found = Object.hasOwn(filters, field) ? filters[field] : undefined
    if (found === undefined || typeof found === 'function') {
      const sortable = Object.entries(filters).flatMap(([name, one]) => (typeof one === 'function' ? [] : [name]))
      throw invalid('sort.field', 'oneOf', sortable)
    }
    return orderedBy(found.column, way?.toUpperCase() === 'DESC')
  })
  const { after, before, from, limit } = request.page ?? {}
  if (after && before) throw invalid('page.after', 'either', 'page.before')
  if (from != null && (after || before)) throw invalid('page.from', 'either', after ? 'page.after' : 'page.before')
  const cursor = after || before
  return {
    where: conditions(store, request.filter ?? {}, filters, true),
    terms: [...sorted, ...keys.map((column) => ({ column, falls: false }))],
    limit: limit ?? DEFAULT_LIMIT,
    offset: cursor ? null : (from ?? 0),
    row: cursor ? readRow(cursor, keys.length) : null,
    backwards: !after && Boolean(before),
  }
}

/** A filter as one condition; `$or` holds filters of which one must fit. Throws `BODY_INVALID`. */
export function conditions(
  store: Pick<Store, 'dialect'>,
  filter: { readonly [name: string]: unknown },
  filters: Filters,
  takesOr: boolean,
): SQL | undefined {
  if (takesOr) checkValues(filter)
  return every(
    Object.entries(filter).map(([name, value]) => {
      // Clients of Camunda write null for all they do not ask for, and empty lists.
      if (value == null) return undefined
      if (name === '$or' && takesOr) {
        const any = list(value, '$or').map((one) => {
          if (one === null || typeof one !== 'object' || Array.isArray(one))
            throw new Rejection('BODY_INVALID', { field: '$or', type: 'object' })
          return conditions(store, one as { [name: string]: unknown }, filters, false) ?? always
        })
        return some(any)
      }
      if (!Object.hasOwn(filters, name) && Array.isArray(value) && value.length === 0) return undefined
      if (!Object.hasOwn(filters, name)) throw invalid(`filter.${name}`.slice(0, 200), 'oneOf', Object.keys(filters))
      const meaning = filters[name]!
      return typeof meaning === 'function' ? meaning(value, name, filter) : compare(store, name, value, meaning)
    }),
  )
}

const always = sql`1 = 1`

/** A page in the shape of Camunda 8; `total` may be one more than is counted. */
function pageOf<T>(items: T[], keys: readonly (readonly number[])[], total: number) {
  const [first, last] = [keys[0], keys.at(-1)]
  return {
    items,
    page: {
      totalItems: Math.min(total, MOST_COUNTED),
      hasMoreTotalItems: total > MOST_COUNTED,
      startCursor: first ? writeRow(first) : null,
      endCursor: last ? writeRow(last) : null,
    },
  }
}

/** How many fit: a page that is not full is the last one, and says so without counting. */
async function totalOf({ limit, offset }: SearchPlan, found: number, counted: () => Promise<number>): Promise<number> {
  const isLast = offset !== null && found < limit && (found > 0 || offset === 0)
  return isLast ? offset + found : counted()
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

/** What can be looked up in one place: rows, and what a caller is shown of each. */
export interface Listing<R, T> {
  /** A fresh query each time, by one of the store's connections: drizzle's builders are used up. */
  readonly rows: (from: Database) => Source<R>
  /** Key of a row; also makes the order of a search total. */
  readonly key: Column
  /** What makes it total where several rows have one key. */
  readonly ties?: Column
  /** The values of both in a row. */
  readonly keysOf: (row: R) => readonly number[]
  /** Shows a page of rows; `call` has what was asked for beside the filter. */
  readonly show: (rows: readonly R[], call: Pick<Call<unknown>, 'query'>) => readonly T[] | Promise<readonly T[]>
  /** What exists for the one who asks; everything when absent. `one` is the key of the row, where only one is asked for. */
  readonly visible?: (who: Who, one?: Key) => SQL | undefined
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
      const keys = listing.ties ? [listing.key, listing.ties] : [listing.key]
      const plan = planSearch(store, body, typeof filters === 'function' ? filters(who) : filters, keys)
      const existing = and(await within?.(call), listing.visible?.(who))
      const where = and(plan.where, existing)
      const found = await pageFound(
        store.scan,
        listing.rows,
        plan,
        keys,
        and(where, await beyond(store, listing, plan, existing)),
      )
      const rows = plan.backwards ? [...found].reverse() : found
      const total = await totalOf(plan, rows.length, async () => {
        const counted = listing
          .rows(store.scan)
          .where(where)
          .limit(MOST_COUNTED + 1)
          .as('found')
        const [row] = await store.scan.select({ n: count() }).from(counted)
        return row?.n ?? 0
      })
      const items = [...(await listing.show(rows, call))] as { [name: string]: unknown }[]
      return pageOf(items, rows.map(listing.keysOf), total)
    },
  })
}

/**
 * What stands beyond the row a plan names, by the values it has now. Throws `BODY_INVALID` for one that does not exist
 * for the one who asks: by its place he could guess at what he may not see.
 */
async function beyond<R, T>(
  { scan }: Store,
  { rows }: Listing<R, T>,
  { terms, row, backwards }: SearchPlan,
  existing: SQL | undefined,
): Promise<SQL | undefined> {
  if (row === null) return undefined
  const keys = terms.slice(-row.length)
  if (keys.length === terms.length) return beyondRow(terms, row, backwards)
  const [found] = await rows(withValues(scan, terms))
    .where(and(existing, ...keys.map(({ column }, i) => eq(left(column), row[i]))))
    .limit(1)
  if (found === undefined) throw invalid('page', 'cursor')
  return beyondRow(terms, valuesOf(found, terms), backwards)
}

/** The row a path names. Throws `NOT_FOUND`, also for one that does not exist for the one who asks. */
export async function findRow<R, T>(
  { read }: Store,
  { rows, key, visible }: Listing<R, T>,
  { who, params }: Pick<Call<unknown>, 'who' | 'params'>,
): Promise<R> {
  const one = readKey(params.key)
  const [row] = await rows(read)
    .where(and(eq(key, one), visible?.(who, one)))
    .limit(1)
  if (row === undefined) throw new Rejection('NOT_FOUND')
  return row
}

/** One row of a listing by its key: `GET <path>`, whose parameter is `:key`. */
export function getRoute<R, T extends object>(
  store: Store,
  listing: Listing<R, T>,
  { path, policy, summary }: Door,
): Route {
  return route({
    method: 'GET',
    path,
    policy,
    summary,
    input: null,
    output: Item,
    async handler(call) {
      const [shown] = await listing.show([await findRow(store, listing, call)], call)
      return shown as { [name: string]: unknown }
    },
  })
}
