import { existsSync } from 'node:fs'
import LibSql from 'libsql'
import { SafeStatement } from './libsql-connection.ts'
import { drizzleOver } from './libsql-store.ts'
import { pendingLibsql } from './migrate.ts'
import { tablesOf } from './schema/index.ts'
import type { Store } from './store.ts'

/** One moment of a database, for reads alone. */
export interface Reader extends Pick<Store, 'read' | 'tables'> {
  /** A statement beside drizzle, for what is read a million times. */
  prepare(sql: string): SafeStatement
  /** Names of the migrations that this version would still run on it. Throws `NewerDatabase`. */
  pending(): readonly string[]
  close(): void
}

/**
 * Opens a database at the moment it is now, beside a server that goes on writing. Changes nothing and takes no lock; what
 * is written later is not seen. Throws when there is no such file.
 */
export function openReader(path: string): Reader {
  if (!existsSync(path)) throw new Error(`Expected a database at ${path}, but there is none`)
  const database = new LibSql(path, { readonly: true, timeout: 5000 })
  const prepare = (sql: string) => new SafeStatement(database.prepare(sql))
  database.exec('PRAGMA cache_size = -65536')
  database.exec('BEGIN')
  // The moment is that of the first read.
  database.prepare('SELECT count(*) FROM sqlite_master').all()
  return {
    read: drizzleOver({ prepare }),
    tables: tablesOf('libsql'),
    prepare,
    pending: () => pendingLibsql({ prepare }),
    close() {
      // Statements that are not collected yet keep a closed connection, and with it what it has locked, alive.
      if (database.inTransaction) database.exec('ROLLBACK')
      database.close()
    },
  }
}
