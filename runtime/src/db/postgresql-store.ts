import type { PgDatabase } from 'drizzle-orm/pg-core'
import { migratePostgresql, type PgTransaction } from './migrate.ts'
import { primaryKeyOf } from './primary-keys.ts'
import type { RowChange } from './row-change.ts'
import { tablesOf } from './schema/index.ts'
import { Statements } from './statement.ts'
import { driverCode, isDuplicate, isStorageFailure, StorageError } from './storage-error.ts'
import type { Database, FaultMoment, Store, StoreOptions, StorePoint, WriteResult, WriteUnit } from './store.ts'

/** What this store needs of a PostgreSQL client: PGlite has it as it is. */
export interface PgClient {
  transaction<T>(work: (transaction: PgTransaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const CHECK = `SELECT epoch FROM lease WHERE name = 'writer' FOR UPDATE`

/** The store on PostgreSQL: the same statements, awaited. Several servers may share it; the lease says who writes. */
class PostgresqlStore implements Store {
  readonly dialect = 'postgresql'
  readonly tables = tablesOf('postgresql')
  readonly read: Database
  readonly scan: Database
  readonly single: Database
  readonly #client: PgClient
  readonly #statements = new Statements('postgresql', this.tables, primaryKeyOf)
  readonly #epoch: number | null
  readonly #point: (name: StorePoint) => void
  readonly #fault: (moment: FaultMoment) => void

  constructor(client: PgClient, database: Database, epoch: number | null, options: StoreOptions) {
    this.#client = client
    this.read = database
    this.scan = database
    this.single = database
    this.#epoch = epoch
    this.#point = options.point ?? (() => {})
    this.#fault = options.fault ?? (() => {})
  }

  async write(units: readonly WriteUnit[]): Promise<readonly WriteResult[]> {
    try {
      const results = await this.#client.transaction(async (transaction) => {
        this.#fault('begin')
        if (this.#epoch !== null) {
          const { rows } = await transaction.query<{ epoch: number | string }>(CHECK)
          if (Number(rows[0]?.epoch) !== this.#epoch) throw new StorageError('LEASE_LOST', null)
        }
        this.#point('group.begun')
        const written: WriteResult[] = []
        for (const unit of units) written.push(await this.#writeUnit(transaction, unit))
        this.#fault('commit')
        return written
      })
      this.#fault('committed')
      this.#point('group.committed')
      return results
    } catch (error) {
      for (const unit of units) if (unit.owner) unit.owner.failed = true
      throw error instanceof StorageError ? error : new StorageError(driverCode(error) || 'UNKNOWN', error)
    }
  }

  async #writeUnit(transaction: PgTransaction, unit: WriteUnit): Promise<WriteResult> {
    if (unit.owner?.failed) return { outcome: 'conflict' }
    await transaction.query('SAVEPOINT unit')
    let locked = unit.lock === null
    try {
      if (unit.lock) {
        await this.#run(transaction, unit.lock)
        locked = true
        this.#point('trail.written')
      }
      const half = unit.changes.length >> 1
      for (const [i, change] of unit.changes.entries()) {
        if (i === half) this.#point('projection.halfWritten')
        await this.#run(transaction, change)
      }
      await transaction.query('RELEASE SAVEPOINT unit')
      this.#point('unit.written')
      return { outcome: 'written' }
    } catch (error) {
      if (isStorageFailure(error)) throw error
      if (unit.owner) unit.owner.failed = true
      await transaction.query('ROLLBACK TO SAVEPOINT unit')
      await transaction.query('RELEASE SAVEPOINT unit')
      return !locked && isDuplicate(error) ? { outcome: 'conflict' } : { outcome: 'failed', error }
    }
  }

  async #run(transaction: PgTransaction, change: RowChange): Promise<void> {
    this.#fault('statement')
    const { sql, parameters } = this.#statements.bind(change)
    await transaction.query(sql, parameters)
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}

/** Opens a store over a PostgreSQL client and drizzle's handle on the same client; migrates it. */
export async function openPostgresqlStore(
  client: PgClient,
  // biome-ignore lint/suspicious/noExplicitAny: drizzle's own bound for "whatever the driver and schema"
  database: PgDatabase<any, any, any>,
  options: StoreOptions,
): Promise<Store> {
  const epoch = await client.transaction(async (transaction) => {
    await migratePostgresql(transaction)
    if (!options.lock) return null
    const { rows } = await transaction.query<{ epoch: number | string }>(
      `INSERT INTO lease (name, epoch, holder, taken_at) VALUES ('writer', 1, $1, $2)
       ON CONFLICT (name) DO UPDATE SET epoch = lease.epoch + 1, holder = excluded.holder, taken_at = excluded.taken_at
       RETURNING epoch`,
      [options.holder ?? `process ${process.pid}`, options.now?.() ?? Date.now()],
    )
    return Number(rows[0]?.epoch)
  })
  return new PostgresqlStore(client, database as unknown as Database, epoch, options)
}
