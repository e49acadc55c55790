import { and, asc, Column, desc, getTableColumns, is, or, type SQL, type Subquery, sql, type Table } from 'drizzle-orm'
import { invalid } from '../../contract/fault.ts'
import type { Database } from '../../db/store.ts'
import { left } from './filter.ts'

/** A row as a place, by its keys: what is done meanwhile with those before it moves none of those after it. */
export const writeRow = (keys: readonly number[]) => Buffer.from(`v2:${keys.join('.')}`).toString('base64')

/** Keys of a row, so many of them. Throws `BODY_INVALID` for what is no such cursor. */
export function readRow(cursor: string, count: number): readonly number[] {
  const [, text] = /^v2:(\d{1,16}(?:\.\d{1,16})?)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? []
  const keys = (text ?? '').split('.').map(Number)
  if (text === undefined || keys.length !== count || !keys.every(Number.isSafeInteger)) throw invalid('page', 'cursor')
  return keys
}

/** What rows are ordered by, and whether it falls. */
export interface Term {
  readonly column: Column | SQL
  readonly falls: boolean
}

/**
 * A column as what to order by: what has no value comes last both ways, as in Camunda. SQLite would have it first and
 * PostgreSQL last when rising.
 */
export function orderedBy(column: Column | SQL, falls: boolean): readonly Term[] {
  const isAlways = is(column, Column) && column.notNull
  return [...(isAlways ? [] : [{ column: sql`(${column} is null)`, falls: false }]), { column, falls }]
}

/** The order of these terms, or the opposite one. */
export const orderOf = (terms: readonly Term[], backwards: boolean): readonly SQL[] =>
  terms.map(({ column, falls }) => (falls === backwards ? asc(left(column)) : desc(left(column))))

/** What comes after the row with these values in that order, or in the opposite one. */
export function beyondRow(terms: readonly Term[], values: readonly unknown[], backwards: boolean): SQL | undefined {
  const ways = terms.map(({ column, falls }, i) => {
    const value = values[i]
    // What has no value stands among its like: the term before has told them apart.
    if (value === null) return sql`1 = 0`
    const past = falls === backwards ? sql`${column} > ${value}` : sql`${column} < ${value}`
    const same = terms
      .slice(0, i)
      .map((one, j) => (values[j] === null ? sql`${one.column} is null` : sql`${one.column} = ${values[j]}`))
    return and(...same, past)
  })
  return or(...ways)
}

/** Selects by that connection with the values of the terms beside what is asked for, under the names of `valuesOf`. */
export function withValues(from: Database, terms: readonly Term[]): Database {
  const values = Object.fromEntries(terms.map(({ column }, i) => [`place${i}`, sql`${column}`]))
  const select = (fields?: object) =>
    fields
      ? from.select({ ...fields, ...values })
      : {
          from: (table: Table) =>
            from.select({ ...getTableColumns(table), ...values } as Record<string, SQL>).from(table as never),
        }
  return { select } as unknown as Database
}

/** The values of the terms in a row that was selected with them. */
export const valuesOf = (row: unknown, terms: readonly Term[]): readonly unknown[] =>
  terms.map((_, i) => (row as { readonly [name: string]: unknown })[`place${i}`])

/** Selects the keys of rows by that connection, and nothing of what is asked for. */
function onlyKeys(from: Database, keys: readonly Column[]): Database {
  const columns = Object.fromEntries(keys.map((key, i) => [`key${i}`, sql`${key}`]))
  const select = (fields?: object) =>
    fields ? from.select(columns) : { from: (table: Table) => from.select(columns).from(table as never) }
  return { select } as unknown as Database
}

/** Rows of joined tables, of which nothing is asked yet: a query of drizzle before its `where`. */
export interface Source<R> {
  where(condition: SQL | undefined): Asked<R>
}
interface Asked<R> {
  orderBy(...order: SQL[]): { limit(n: number): { offset(n: number): PromiseLike<readonly R[]> } }
  limit(n: number): PromiseLike<readonly R[]> & { as(alias: string): Subquery }
}

/** Which rows of a search make a page. */
export interface PagePlan {
  /** What rows are sorted by, and last their keys, which make the order total. */
  readonly terms: readonly Term[]
  readonly limit: number
  /** How many rows stand before the page; null where that is not known: its place is a row's. */
  readonly offset: number | null
  readonly backwards: boolean
}

/**
 * The rows of a page. What is sorted by more than keys is sorted as keys, and read when it is known which they are: a
 * hundred thousand rows with all that is shown of each would be moved about otherwise.
 */
export async function pageFound<R>(
  scan: Database,
  rows: (from: Database) => Source<R>,
  { terms, limit, offset, backwards }: PagePlan,
  keys: readonly Column[],
  where: SQL | undefined,
): Promise<readonly R[]> {
  const order = orderOf(terms, backwards)
  const page = (from: Database) =>
    rows(from)
      .where(where)
      .orderBy(...order)
      .limit(limit)
      .offset(offset ?? 0)
  if (terms.length === keys.length) return page(scan)
  const those = sql`(${sql.join([...keys], sql`, `)}) in ${page(onlyKeys(scan, keys))}`
  return rows(scan)
    .where(and(where, those))
    .orderBy(...order)
    .limit(limit)
    .offset(0)
}
