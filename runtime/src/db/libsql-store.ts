import { statSync } from 'node:fs'
import { BetterSQLiteSession } from 'drizzle-orm/better-sqlite3/session'
import { BaseSQLiteDatabase, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { LOG_BYTES, SafeConnection, type SafeStatement } from './libsql-connection.ts'
import { type Lock, takeLock } from './libsql-lock.ts'
import { migrateLibsql } from './migrate.ts'
import { primaryKeyOf } from './primary-keys.ts'
import { RowBatch } from './row-batch.ts'
import type { RowChange } from './row-change.ts'
import { Scan } from './scan.ts'
import { tablesOf } from './schema/index.ts'
import { type Bound, Statements } from './statement.ts'
import { driverCode, isDuplicate, isStorageFailure, StorageError } from './storage-error.ts'
import type {
  Database,
  FaultMoment,
  LogState,
  Store,
  StoreOptions,
  StorePoint,
  WriteResult,
  WriteUnit,
} from './store.ts'
import { WatchedStatement } from './watched-statement.ts'

/** drizzle over a connection of ours: its own entry point would load another driver. */
export function drizzleOver(connection: {
  prepare(sql: string): Pick<SafeStatement, 'run' | 'get' | 'all'>
}): Database {
  const dialect = new SQLiteSyncDialect()
  const session = new BetterSQLiteSession(
    connection as unknown as ConstructorParameters<typeof BetterSQLiteSession>[0],
    dialect,
    undefined,
  )
  return new BaseSQLiteDatabase('sync', dialect, session, undefined) as unknown as Database
}

const WRITTEN: WriteResult = { outcome: 'written' }
const CHECK = `SELECT epoch FROM lease WHERE name = 'writer'`

/**
 * The store on a libSQL file. Every transaction begins and ends in one turn of the event loop, so statements of
 * `single` never fall into a group.
 */
class LibsqlStore implements Store {
  readonly dialect = 'libsql'
  readonly tables = tablesOf('libsql')
  readonly read: Database
  readonly scan: Database
  readonly single: Database
  readonly #statements = new Statements('libsql', this.tables, primaryKeyOf)
  readonly #path: string
  readonly #reader: SafeConnection
  readonly #scan: Scan
  readonly #lock: Lock | null
  readonly #point: (name: StorePoint) => void
  readonly #fault: ((moment: FaultMoment) => void) | null
  readonly #maxPages: (() => number) | null
  readonly #mostLogBytes: number
  /** Epoch of the lease under which this store may write groups; null when it only runs single statements. */
  readonly #epoch: number | null
  /** Null after a failure, until it is used again. */
  #writer: SafeConnection | null

  constructor(path: string, writer: SafeConnection, lock: Lock | null, epoch: number | null, options: StoreOptions) {
    this.#path = path
    this.#writer = writer
    this.#lock = lock
    this.#epoch = epoch
    this.#point = options.point ?? (() => {})
    this.#fault = options.fault ?? null
    this.#maxPages = options.maxPages ?? null
    this.#mostLogBytes = options.logBytes ?? LOG_BYTES
    this.#reader = new SafeConnection(path, { queryOnly: true })
    this.read = drizzleOver(this.#reader)
    this.#scan = new Scan(path)
    this.scan = this.#scan.database
    // Through a view on the present connection: it is opened anew after a failure.
    this.single = drizzleOver({ prepare: (sql: string) => this.#single(sql) })
  }

  /**
   * The connection that writes, opened anew when the one before has failed: what that one held in memory is not to be
   * trusted, what is on disk is read again.
   */
  #connection(): SafeConnection {
    const connection = this.#writer ?? new SafeConnection(this.#path)
    this.#writer = connection
    if (this.#maxPages) connection.limitPages(this.#maxPages())
    return connection
  }

  #single(sql: string): WatchedStatement {
    try {
      this.#fault?.('single')
      const connection = this.#connection()
      return new WatchedStatement(connection.prepare(sql), (error) => this.#abandon(connection, error))
    } catch (error) {
      if (this.#writer) this.#abandon(this.#writer, error)
      throw error
    }
  }

  write(units: readonly WriteUnit[]): Promise<readonly WriteResult[]> {
    try {
      return Promise.resolve(this.#writeNow(units))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /**
   * First all units together and without savepoints, which would copy every page a unit touches; when one of them cannot
   * be written, the group is taken back and written again, change by change and with a savepoint for each unit.
   */
  #writeNow(units: readonly WriteUnit[]): readonly WriteResult[] {
    let connection: SafeConnection | null = null
    try {
      connection = this.#connection()
      this.#begin(connection)
      let results = this.#writeAll(connection, units)
      if (!results) {
        connection.exec('ROLLBACK')
        this.#begin(connection)
        const begun = connection
        results = units.map((unit) => this.#writeUnit(begun, unit))
      }
      this.#fault?.('commit')
      connection.cached('COMMIT').run()
      this.#fault?.('committed')
      this.#point('group.committed')
      return results
    } catch (error) {
      for (const unit of units) if (unit.owner) unit.owner.failed = true
      if (connection) this.#abandon(connection, error)
      throw error instanceof StorageError ? error : new StorageError(driverCode(error) || 'UNKNOWN', error)
    }
  }

  #begin(connection: SafeConnection): void {
    this.#fault?.('begin')
    connection.cached('BEGIN IMMEDIATE').run()
    if (this.#epoch !== null) {
      const found = connection.cached(CHECK).get() as { epoch: number } | undefined
      if (found?.epoch !== this.#epoch) throw new StorageError('LEASE_LOST', null)
    }
    this.#point('group.begun')
  }

  /** All units, or null when one of them cannot be written. */
  #writeAll(connection: SafeConnection, units: readonly WriteUnit[]): readonly WriteResult[] | null {
    if (units.some(({ owner }) => owner?.failed)) return null
    try {
      const batch = new RowBatch(this.#statements, (bound) => this.#bound(connection, bound))
      for (const { lock } of units) if (lock) batch.add(lock)
      batch.flush()
      this.#point('trail.written')
      for (const { changes } of units) for (const change of changes) batch.add(change)
      batch.flush(() => this.#point('projection.halfWritten'))
      this.#point('unit.written')
      return units.map(() => WRITTEN)
    } catch (error) {
      if (isStorageFailure(error)) throw error
      return null
    }
  }

  #writeChanges(connection: SafeConnection, unit: WriteUnit): void {
    if (unit.lock) this.#point('trail.written')
    const half = unit.changes.length >> 1
    for (let i = 0; i < unit.changes.length; i += 1) {
      if (i === half) this.#point('projection.halfWritten')
      this.#run(connection, unit.changes[i]!)
    }
    this.#point('unit.written')
  }

  #writeUnit(connection: SafeConnection, unit: WriteUnit): WriteResult {
    if (unit.owner?.failed) return { outcome: 'conflict' }
    connection.cached('SAVEPOINT unit').run()
    try {
      if (unit.lock) {
        try {
          this.#run(connection, unit.lock)
        } catch (error) {
          if (!isDuplicate(error)) throw error
          this.#undo(connection, unit)
          return { outcome: 'conflict' }
        }
      }
      this.#writeChanges(connection, unit)
      connection.cached('RELEASE unit').run()
      return WRITTEN
    } catch (error) {
      if (isStorageFailure(error)) throw error
      this.#undo(connection, unit)
      return { outcome: 'failed', error }
    }
  }

  #run(connection: SafeConnection, change: RowChange): void {
    this.#bound(connection, this.#statements.bind(change))
  }

  #bound(connection: SafeConnection, bound: Bound): void {
    this.#fault?.('statement')
    connection.cached(bound.sql).runBound(bound)
  }

  #undo(connection: SafeConnection, unit: WriteUnit): void {
    if (unit.owner) unit.owner.failed = true
    connection.cached('ROLLBACK TO unit').run()
    connection.cached('RELEASE unit').run()
  }

  /** Ends what is left of a failed transaction. A connection that met a lock or an I/O error is left. */
  #abandon(connection: SafeConnection, error: unknown): void {
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK')
    } catch {
      // The new connection below knows nothing of it.
    }
    if (!isStorageFailure(error)) return
    try {
      connection.close()
    } catch {
      // A connection in that state may refuse even this.
    }
    if (this.#writer === connection) this.#writer = null
  }

  version(): number {
    return this.#reader.dataVersion()
  }

  tendLog(): LogState {
    const bytes = this.#logBytes()
    if (bytes <= this.#mostLogBytes) return { bytes, isHeld: false }
    const isEmpty = this.#connection().emptyLog()
    return { bytes: this.#logBytes(), isHeld: !isEmpty }
  }

  #logBytes(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  }

  async close(): Promise<void> {
    await this.#scan.close()
    this.#reader.close()
    if (this.#lock !== null) this.#settleLog()
    this.#writer?.close()
    this.#lock?.release()
  }

  /**
   * Has the database file hold everything, as SQLite does by itself when the last connection closes: statements that are
   * not collected yet keep ours open until the process ends. Somebody else may still read, or the disk may refuse: then
   * the log holds the rest, as after a fall.
   */
  #settleLog(): void {
    try {
      this.#writer?.emptyLog()
    } catch {}
  }
}

/** Opens a store on a libSQL file; makes and migrates it. Throws `AlreadyOpen` when another server has it. */
export async function openLibsqlStore(path: string, options: StoreOptions): Promise<Store> {
  const lock = options.lock ? takeLock(path) : null
  try {
    const writer = new SafeConnection(path)
    migrateLibsql(writer)
    let epoch: number | null = null
    if (options.lock) {
      writer
        .prepare(
          `INSERT INTO lease (name, epoch, holder, taken_at) VALUES ('writer', 1, ?, ?)
           ON CONFLICT (name) DO UPDATE SET epoch = lease.epoch + 1, holder = excluded.holder, taken_at = excluded.taken_at`,
        )
        .run(options.holder ?? `process ${process.pid}`, options.now?.() ?? Date.now())
      epoch = (writer.prepare(CHECK).get() as { epoch: number }).epoch
    }
    return new LibsqlStore(path, writer, lock, epoch, options)
  } catch (error) {
    lock?.release()
    throw error
  }
}
