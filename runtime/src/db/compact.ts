import LibSql from 'libsql'

/**
 * Writes a database anew without what was deleted or overwritten in it, and empties its log: bytes of erased data lie in
 * free places of the file until then. Takes as long as the database is large; nobody else may have it open.
 */
export function compactDatabase(path: string): void {
  const database = new LibSql(path, { timeout: 5000 })
  try {
    database.exec('VACUUM')
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
  } finally {
    database.close()
  }
}
