import { type SQL, sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'

const liteBigint = lite.customType<{ data: number; driverData: number }>({ dataType: () => 'bigint' })

const libsqlKey = (name: string) => lite.integer(name, { mode: 'number' })

/**
 * Column kinds, described once for libSQL and PostgreSQL. A table says `c.time('due_at')` and gets an INTEGER there and
 * a BIGINT here; in code both are the same type. Types are those of the SQLite side: `Described` casts the other side,
 * which drizzle runs with the same calls (select, insert, update, delete, onConflictDoUpdate, returning).
 */
const libsqlColumns = {
  /** Key, stream, counter: an integer below 2^53. */
  key: libsqlKey,
  /**
   * The key of rows that a case writes one after the other over years. A table of libSQL lies in the order of its INTEGER
   * primary key, so a row of an old case would be put between full pages, each of which is split and written anew. With
   * another type rows lie in the order they come, and an index of the keys beside them.
   */
  scatteredKey: (name: string) => liteBigint(name) as unknown as ReturnType<typeof libsqlKey>,
  integer: (name: string) => lite.integer(name, { mode: 'number' }),
  /** Milliseconds since 1970-01-01T00:00Z. */
  time: (name: string) => lite.integer(name, { mode: 'number' }),
  boolean: (name: string) => lite.integer(name, { mode: 'boolean' }),
  text: <const V extends string = string>(name: string) => lite.text(name).$type<V>(),
  /** A JSON value kept as text, exactly as written. */
  json: <V>(name: string) => lite.text(name, { mode: 'json' }).$type<V>(),
  /** A `Date` in code; for libraries that insist on one. */
  date: (name: string) => lite.integer(name, { mode: 'timestamp_ms' }),
  /** Bytes as they are. */
  bytes: (name: string) => lite.blob(name, { mode: 'buffer' }).$type<Uint8Array>(),
}

export type Columns = typeof libsqlColumns

const pgJson = pg.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (text) => JSON.parse(text),
})
const pgDate = pg.customType<{ data: Date; driverData: number | string }>({
  dataType: () => 'bigint',
  toDriver: (value) => value.getTime(),
  fromDriver: (value) => new Date(Number(value)),
})

const pgBytes = pg.customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

const postgresqlColumns = {
  key: (name: string) => pg.bigint(name, { mode: 'number' }),
  scatteredKey: (name: string) => pg.bigint(name, { mode: 'number' }),
  integer: (name: string) => pg.bigint(name, { mode: 'number' }),
  time: (name: string) => pg.bigint(name, { mode: 'number' }),
  boolean: (name: string) => pg.boolean(name),
  text: (name: string) => pg.text(name),
  json: (name: string) => pgJson(name),
  date: (name: string) => pgDate(name),
  bytes: (name: string) => pgBytes(name),
} as unknown as Columns

type LiteColumn = lite.AnySQLiteColumn
type KeyBuilder = lite.PrimaryKeyBuilder | lite.IndexBuilder

/** Keys and indexes of a table; the names of indexes are unique in the database. */
export interface Keys {
  primary(...columns: [LiteColumn, ...LiteColumn[]]): KeyBuilder
  index(name: string, ...columns: [LiteColumn, ...LiteColumn[]]): KeyBuilder
  unique(name: string, ...columns: [LiteColumn, ...LiteColumn[]]): KeyBuilder
  /** An index of the rows that meet a condition alone: the others are neither in it nor cost it anything. */
  partial(name: string, condition: SQL, ...columns: [LiteColumn, ...LiteColumn[]]): KeyBuilder
  /** A column of an index that runs from its highest value down. */
  descending(column: LiteColumn): LiteColumn
}

const libsqlKeys: Keys = {
  primary: (...columns) => lite.primaryKey({ columns }),
  index: (name, ...columns) => lite.index(name).on(...columns),
  unique: (name, ...columns) => lite.uniqueIndex(name).on(...columns),
  partial: (name, condition, ...columns) =>
    lite
      .index(name)
      .on(...columns)
      .where(condition),
  descending: (column) => sql`${column} desc` as unknown as LiteColumn,
}

const postgresqlKeys = {
  primary: (...columns: [pg.AnyPgColumn, ...pg.AnyPgColumn[]]) => pg.primaryKey({ columns }),
  index: (name: string, ...columns: [pg.AnyPgColumn, ...pg.AnyPgColumn[]]) => pg.index(name).on(...columns),
  unique: (name: string, ...columns: [pg.AnyPgColumn, ...pg.AnyPgColumn[]]) => pg.uniqueIndex(name).on(...columns),
  partial: (name: string, condition: SQL, ...columns: [pg.AnyPgColumn, ...pg.AnyPgColumn[]]) =>
    pg
      .index(name)
      .on(...columns)
      .where(condition),
  descending: (column: pg.ExtraConfigColumn) => column.desc().nullsFirst(),
} as unknown as Keys

type ColumnMap = Record<string, lite.SQLiteColumnBuilderBase>
type LiteTable<N extends string, C extends ColumnMap> = ReturnType<typeof lite.sqliteTable<N, C>>

/** One table in both dialects; in code both have the type of the first. */
export interface Described<T> {
  readonly libsql: T
  readonly postgresql: T
}

/**
 * Describes a table once. `columns` receives the column kinds, `keys` the finished columns and the makers of keys.
 */
export function table<N extends string, C extends ColumnMap>(
  name: N,
  columns: (c: Columns) => C,
  keys: (t: LiteTable<N, C>, k: Keys) => KeyBuilder[] = () => [],
): Described<LiteTable<N, C>> {
  const makePg = pg.pgTable as unknown as (
    name: N,
    columns: C,
    keys: (t: LiteTable<N, C>) => KeyBuilder[],
  ) => LiteTable<N, C>
  return {
    libsql: lite.sqliteTable(name, columns(libsqlColumns), (t) => keys(t as LiteTable<N, C>, libsqlKeys)) as LiteTable<
      N,
      C
    >,
    postgresql: makePg(name, columns(postgresqlColumns), (t) => keys(t, postgresqlKeys)),
  }
}
