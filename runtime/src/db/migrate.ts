import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { SafeConnection } from './libsql-connection.ts'

const TABLE = 'CREATE TABLE IF NOT EXISTS migration (at BIGINT PRIMARY KEY, hash TEXT NOT NULL)'

const folder = (dialect: string) => fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))

interface Migration {
  readonly at: number
  readonly hash: string
  readonly statements: readonly string[]
}

function migrations(dialect: string): readonly Migration[] {
  return readMigrationFiles({ migrationsFolder: folder(dialect) }).map((file) => ({
    at: file.folderMillis,
    hash: file.hash,
    statements: file.sql.filter((statement) => statement.trim() !== ''),
  }))
}

/** The tables of a database are of a newer version: what they mean is not known here, and is not to be written over. */
export class NewerDatabase extends Error {
  constructor() {
    super(
      'Expected a database of this version, but a newer one has changed its tables. Run that version, or restore a backup that was taken before the upgrade.',
    )
    this.name = 'NewerDatabase'
  }
}

/**
 * Those that are not in the database yet. Throws `NewerDatabase`, and when one that is there has other contents than the
 * file.
 */
function missing(all: readonly Migration[], present: ReadonlyMap<number, string>): readonly Migration[] {
  const last = all.at(-1)?.at ?? 0
  if ([...present.keys()].some((at) => at > last)) throw new NewerDatabase()
  for (const { at, hash } of all) {
    const found = present.get(at)
    if (found !== undefined && found !== hash)
      throw new Error(`Expected migration ${at} to be what the database was made with, but its file has changed`)
  }
  return all.filter(({ at }) => !present.has(at))
}

/** Brings a libSQL database to the present tables, in one transaction that also keeps a second process waiting. */
export function migrateLibsql(connection: SafeConnection): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    connection.exec(TABLE)
    const rows = connection.prepare('SELECT at, hash FROM migration').all() as { at: number; hash: string }[]
    for (const migration of missing(migrations('libsql'), new Map(rows.map((row) => [row.at, row.hash])))) {
      for (const statement of migration.statements) connection.exec(statement)
      connection.prepare('INSERT INTO migration (at, hash) VALUES (?, ?)').run(migration.at, migration.hash)
    }
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/**
 * Names of the migrations a libSQL database does not have yet, in their order; all of them for one without tables. Throws
 * `NewerDatabase`.
 */
export function pendingLibsql(connection: Pick<SafeConnection, 'prepare'>): readonly string[] {
  const journal = JSON.parse(readFileSync(join(folder('libsql'), 'meta/_journal.json'), 'utf8')) as {
    readonly entries: readonly { readonly when: number; readonly tag: string }[]
  }
  const isMade = connection.prepare(`SELECT name FROM sqlite_master WHERE name = 'migration'`).all().length > 0
  const rows = isMade ? (connection.prepare('SELECT at FROM migration').all() as { at: number }[]) : []
  const present = new Set(rows.map(({ at }) => at))
  const last = journal.entries.at(-1)?.when ?? 0
  if (rows.some(({ at }) => at > last)) throw new NewerDatabase()
  return journal.entries.filter(({ when }) => !present.has(when)).map(({ tag }) => tag)
}

/** What migrating PostgreSQL needs of a transaction. */
export interface PgTransaction {
  query<T>(sql: string, parameters?: unknown[]): Promise<{ rows: T[] }>
}

/** Brings a PostgreSQL database to the present tables, within the given transaction; others wait for its end. */
export async function migratePostgresql(transaction: PgTransaction): Promise<void> {
  await transaction.query(`SELECT pg_advisory_xact_lock(hashtext('bihuan migration'))`)
  await transaction.query(TABLE)
  const { rows } = await transaction.query<{ at: number | string; hash: string }>('SELECT at, hash FROM migration')
  for (const migration of missing(migrations('postgresql'), new Map(rows.map((row) => [Number(row.at), row.hash])))) {
    for (const statement of migration.statements) await transaction.query(statement)
    await transaction.query('INSERT INTO migration (at, hash) VALUES ($1, $2)', [migration.at, migration.hash])
  }
}
