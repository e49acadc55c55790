import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import { KeyRange, type RowChange } from './row-change.ts'
import type { Dialect, TableName, Tables } from './schema/index.ts'

type Encode = (value: unknown) => unknown
/** Rows of one table to be inserted, or put in place of those with the same primary key. */
export type RowOperation = 'insert' | 'upsert'

interface TableShape {
  readonly name: string
  readonly primaryKey: readonly string[]
  readonly columns: ReadonlyMap<string, { readonly name: string; readonly encode: Encode }>
  /** Properties and their encoders in the order of the table, for whole rows. */
  readonly whole: readonly (readonly [property: string, encode: Encode])[]
  /** SQL of `insert` and `upsert` of so many whole rows. */
  readonly texts: { readonly insert: Map<number, string>; readonly upsert: Map<number, string> }
  /** SQL of the other operations, found by walking along the names of their columns. */
  readonly update: Way
  readonly delete: Way
}

/** A step on the way to a text: the names that have come make it, and those that may come lead on. */
interface Way {
  sql: string | null
  readonly next: Map<string, Way>
}

const newWay = (): Way => ({ sql: null, next: new Map() })

function along(way: Way, name: string): Way {
  let next = way.next.get(name)
  if (!next) {
    next = newWay()
    way.next.set(name, next)
  }
  return next
}

/** Between the columns that are set and those of the condition, and after one that is to be NULL, or within a range. */
const WHERE = '?'
const NULL = '!'
const RANGE = '-'

/** SQL with its parameters, each as a driver binds it without a loss: text without NUL, an integer, bytes, null. */
export interface Bound {
  readonly sql: string
  readonly parameters: unknown[]
}

/** Text of a model or of a person may hold NUL, which no database keeps: it is replaced. JSON escapes it by itself. */
const text: Encode = (value) =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : (value ?? null)

/** Keys, counts and times: what lies beyond 2^53 would be read back as another number. */
const integer: Encode = (value) => {
  if (value === null || value === undefined) return null
  if (!Number.isSafeInteger(value)) throw new TypeError(`Expected an integer below 2^53, but found ${String(value)}`)
  return value
}

/** A driver that is given something else would keep it as another type, or end the process. */
const bytes: Encode = (value) => {
  if (value === null || value === undefined || value instanceof Uint8Array) return value ?? null
  throw new TypeError(`Expected bytes, but found ${typeof value}`)
}

/** What a column keeps of a value: text, an integer, bytes or null, always. */
function encoder(column: Column): Encode {
  if (/^(blob|bytea)$/.test(column.getSQLType())) return bytes
  if (column.dataType === 'number' || column.columnType === 'SQLiteCustomColumn') return integer
  if (column.dataType === 'string') return text
  if (column.dataType === 'date')
    return (value) => (value === null || value === undefined ? null : integer(column.mapToDriverValue(value)))
  const isJson = column.dataType === 'json' || column.dataType === 'custom'
  // JSON null is a value where the column may not be NULL.
  if (isJson && column.notNull) return (value) => (value === undefined ? null : column.mapToDriverValue(value))
  return (value) => (value === null || value === undefined ? null : column.mapToDriverValue(value))
}

const quote = (name: string) => `"${name}"`

/**
 * Turns row changes into SQL. One text per shape (table, operation, columns), so that a driver prepares each once.
 */
export class Statements {
  readonly #shapes = new Map<TableName, TableShape>()
  readonly #dialect: Dialect

  constructor(dialect: Dialect, tables: Tables, primaryKeys: (table: TableName) => readonly string[]) {
    this.#dialect = dialect
    for (const name of Object.keys(tables) as TableName[]) {
      const columns = new Map<string, { name: string; encode: Encode }>()
      for (const [property, column] of Object.entries(getTableColumns(tables[name]) as Record<string, Column>)) {
        columns.set(property, { name: column.name, encode: encoder(column) })
      }
      const whole = [...columns].map(([property, { encode }]) => [property, encode] as const)
      const texts = { insert: new Map(), upsert: new Map() }
      this.#shapes.set(name, {
        name: getTableName(tables[name]),
        primaryKey: primaryKeys(name),
        columns,
        whole,
        texts,
        update: newWay(),
        delete: newWay(),
      })
    }
  }

  /** The statement of a change. A row is written whole; a condition or change of an unknown column throws. */
  bind(change: RowChange): Bound {
    if (change.op === 'insert' || change.op === 'upsert')
      return this.bindRows(change.table, change.op, [change.row as object], 0, 1)
    const shape = this.#shapes.get(change.table)!
    const parameters: unknown[] = []
    let way = shape[change.op]
    if (change.op === 'update') {
      const set = change.set as Record<string, unknown>
      for (const property in set) {
        way = along(way, property)
        parameters.push(column(shape, property).encode(set[property]))
      }
    }
    way = along(way, WHERE)
    const where = change.where as Record<string, unknown>
    for (const property in where) {
      way = along(way, property)
      const value = where[property]
      const { encode } = column(shape, property)
      if (value === null) way = along(way, NULL)
      else if (value instanceof KeyRange) {
        way = along(way, RANGE)
        parameters.push(encode(value.first), encode(value.last))
      } else parameters.push(encode(value))
    }
    way.sql ??= this.#text(change, shape)
    return { sql: way.sql, parameters }
  }

  /** One statement for `count` rows of a table, those from `from` on. */
  bindRows(table: TableName, operation: RowOperation, rows: readonly object[], from: number, count: number): Bound {
    const shape = this.#shapes.get(table)!
    const parameters: unknown[] = []
    for (let i = from; i < from + count; i += 1) {
      const row = rows[i] as Record<string, unknown>
      for (const [property, encode] of shape.whole) parameters.push(encode(row[property]))
    }
    let sql = shape.texts[operation].get(count)
    if (sql === undefined) {
      sql = this.#rowsText(operation, shape, count)
      shape.texts[operation].set(count, sql)
    }
    return { sql, parameters }
  }

  /** Properties that make the primary key of a table. */
  primaryKey(table: TableName): readonly string[] {
    return this.#shapes.get(table)!.primaryKey
  }

  #marks(): () => string {
    let count = 0
    return () => {
      count += 1
      return this.#dialect === 'libsql' ? '?' : `$${count}`
    }
  }

  #rowsText(operation: RowOperation, shape: TableShape, count: number): string {
    const mark = this.#marks()
    const name = (property: string) => quote(column(shape, property).name)
    const properties = [...shape.columns.keys()]
    const rows = Array.from({ length: count }, () => `(${properties.map(mark).join(', ')})`).join(', ')
    const insert = `INSERT INTO ${quote(shape.name)} (${properties.map(name).join(', ')}) VALUES ${rows}`
    if (operation === 'insert') return insert
    const rest = properties.filter((property) => !shape.primaryKey.includes(property))
    const target = shape.primaryKey.map(name).join(', ')
    if (rest.length === 0) return `${insert} ON CONFLICT (${target}) DO NOTHING`
    const values = rest.map((property) => `${name(property)} = excluded.${name(property)}`).join(', ')
    const differs = this.#dialect === 'libsql' ? 'IS NOT' : 'IS DISTINCT FROM'
    const table = quote(shape.name)
    // A row that is so already is left alone: what is written again is a page of the table and of each of its indexes.
    const changes = rest.map((property) => `${table}.${name(property)} ${differs} excluded.${name(property)}`)
    return `${insert} ON CONFLICT (${target}) DO UPDATE SET ${values} WHERE ${changes.join(' OR ')}`
  }

  #text(change: Exclude<RowChange, { op: RowOperation }>, shape: TableShape): string {
    const mark = this.#marks()
    const name = (property: string) => quote(column(shape, property).name)
    const assignments =
      change.op === 'update'
        ? Object.keys(change.set)
            .map((property) => `${name(property)} = ${mark()}`)
            .join(', ')
        : ''
    const is = (value: unknown) => {
      if (value === null) return 'IS NULL'
      return value instanceof KeyRange ? `BETWEEN ${mark()} AND ${mark()}` : `= ${mark()}`
    }
    const conditions = Object.entries(change.where)
      .map(([property, value]) => `${name(property)} ${is(value)}`)
      .join(' AND ')
    // A change without a condition would touch every row.
    if (conditions === '') throw new Error(`Expected a condition for ${change.op} on ${shape.name}`)
    return change.op === 'update'
      ? `UPDATE ${quote(shape.name)} SET ${assignments} WHERE ${conditions}`
      : `DELETE FROM ${quote(shape.name)} WHERE ${conditions}`
  }
}

function column(shape: TableShape, property: string): { readonly name: string; readonly encode: Encode } {
  const found = shape.columns.get(property)
  if (!found) throw new Error(`Expected a column of ${shape.name}, but found "${property}"`)
  return found
}
