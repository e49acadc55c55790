import LibSql from 'libsql'
import type { Bound } from './statement.ts'

type Parameter = null | number | bigint | string | Uint8Array

/**
 * Makes what the driver would bind wrongly impossible: a boolean or a lone Buffer ends the process, text with NUL reads
 * back cut, integers beyond 2^53 are rounded, infinite numbers become NULL.
 */
export function bindable(parameters: unknown[]): Parameter[] {
  for (let i = 0; i < parameters.length; i += 1) {
    const value = parameters[i]
    switch (typeof value) {
      case 'boolean':
        parameters[i] = value ? 1 : 0
        break
      case 'undefined':
        parameters[i] = null
        break
      case 'string':
        if (value.includes('\0')) throw new TypeError(`Expected text without NUL as parameter ${i + 1}`)
        break
      case 'number':
        if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
          throw new TypeError(`Expected a number that the database keeps as parameter ${i + 1}`)
        break
      case 'object':
        if (value !== null && !(value instanceof Uint8Array))
          throw new TypeError(`Expected text, a number or bytes as parameter ${i + 1}`)
        break
      default:
    }
  }
  return parameters as Parameter[]
}

/**
 * Pages in the write-ahead log (16 MB) after which a COMMIT copies them into the file: cases that lie far apart change
 * hundreds of pages a second, and those that are changed again meanwhile are copied once.
 */
const LOG_PAGES = 4_000
/** Bytes that the write-ahead log keeps on disk; it may grow beyond while somebody reads. */
export const LOG_BYTES = 64 * 1024 * 1024

/** A prepared statement; one array is bound, always. */
export class SafeStatement {
  readonly #statement: LibSql.Statement
  readonly reader: boolean

  constructor(statement: LibSql.Statement) {
    this.#statement = statement
    this.reader = statement.reader
  }

  /** Runs a statement that gives no rows. One with RETURNING is read to its end, or the next COMMIT would fail. */
  run(...parameters: unknown[]): unknown {
    const bound = bindable(parameters)
    return this.reader ? this.#statement.all(bound) : this.#statement.run(bound)
  }

  /** Runs a statement that gives no rows with what `Statements` has bound: nothing is left to check. */
  runBound({ parameters }: Bound): void {
    this.#statement.run(parameters)
  }

  get(...parameters: unknown[]): unknown {
    const row = this.#statement.get(bindable(parameters))
    if (row && typeof row === 'object' && '_metadata' in row) delete row._metadata
    return row
  }

  all(...parameters: unknown[]): unknown[] {
    return this.#statement.all(bindable(parameters))
  }

  raw(on = true): this {
    this.#statement.raw(on)
    return this
  }
}

/** One connection to a libSQL file with the settings the durability rests on, asserted. */
export class SafeConnection {
  readonly #database: LibSql.Database
  readonly #cache = new Map<string, SafeStatement>()
  readonly #busyTimeout: number
  #maxPages = Number.NaN
  #dataVersion: SafeStatement | null = null

  /**
   * Opens the file. `busyTimeout` is how long a statement waits for another process's lock, in ms.
   * Throws when a setting is not in force.
   */
  constructor(path: string, options: { readonly queryOnly?: boolean; readonly busyTimeout?: number } = {}) {
    this.#busyTimeout = options.busyTimeout ?? 5000
    this.#database = new LibSql(path, { timeout: this.#busyTimeout })
    this.#require('journal_mode', 'WAL', 'wal')
    this.#require('synchronous', 'FULL', 2)
    this.#require('foreign_keys', 'ON', 1)
    this.#require('busy_timeout', String(this.#busyTimeout), this.#busyTimeout)
    this.#require('temp_store', 'MEMORY', 2)
    // 32 MB of pages: indexes of a county's cases stay in memory.
    this.#require('cache_size', '-32768', -32768)
    this.#require('wal_autocheckpoint', String(LOG_PAGES), LOG_PAGES)
    // What a long reader has made the log grow to is given back when the log is begun anew.
    this.#require('journal_size_limit', String(LOG_BYTES), LOG_BYTES)
    if (options.queryOnly) this.#require('query_only', 'ON', 1)
  }

  #require(name: string, value: string, expected: number | string): void {
    this.#database.prepare(`PRAGMA ${name} = ${value}`).all()
    const found = this.#database.prepare(`PRAGMA ${name}`).raw(true).get() as [unknown]
    if (found[0] !== expected)
      throw new Error(`Expected PRAGMA ${name} to be ${expected}, but it is ${String(found[0])}`)
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  prepare(sql: string): SafeStatement {
    return new SafeStatement(this.#database.prepare(sql))
  }

  /** The statement for a text, prepared at its first use. */
  cached(sql: string): SafeStatement {
    let statement = this.#cache.get(sql)
    if (!statement) {
      statement = this.prepare(sql)
      this.#cache.set(sql, statement)
    }
    return statement
  }

  exec(sql: string): void {
    this.#database.exec(sql)
  }

  /** Sets the most pages the database may have. One with more stays as large as it is. */
  limitPages(pages: number): void {
    if (pages === this.#maxPages) return
    this.#database.prepare(`PRAGMA max_page_count = ${Math.trunc(pages)}`).all()
    this.#maxPages = pages
  }

  /** Tries to empty the write-ahead log, waiting for nobody. False when somebody still reads from it. */
  emptyLog(): boolean {
    this.#database.prepare('PRAGMA busy_timeout = 0').all()
    try {
      const row = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw(true).get() as [number]
      return row[0] === 0
    } finally {
      this.#database.prepare(`PRAGMA busy_timeout = ${this.#busyTimeout}`).all()
    }
  }

  /** Another number after each commit of another connection, in this process or elsewhere. */
  dataVersion(): number {
    this.#dataVersion ??= this.prepare('PRAGMA data_version').raw()
    return (this.#dataVersion.get() as [number])[0]
  }

  close(): void {
    this.#dataVersion = null
    this.#cache.clear()
    this.#database.close()
  }
}
