import { getTableColumns, getTableName } from 'drizzle-orm'
import LibSql from 'libsql'
import { type TableName, tablesOf } from './schema/index.ts'

/**
 * Puts the rows of tables of one database in the place of those of another, all or nothing. Whoever calls it holds the
 * server lock of `path` since before it read what `from` was made of.
 */
export function replaceTables(path: string, from: string, names: readonly TableName[]): void {
  const database = new LibSql(path, { timeout: 5000 })
  try {
    database.exec('PRAGMA synchronous = FULL')
    database.prepare('ATTACH ? AS rebuilt').run([from])
    database.exec('BEGIN IMMEDIATE')
    const tables = tablesOf('libsql')
    for (const name of names) {
      const table = `"${getTableName(tables[name])}"`
      const columns = Object.values(getTableColumns(tables[name]))
        .map((column) => `"${column.name}"`)
        .join(', ')
      database.exec(`DELETE FROM main.${table}`)
      database.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM rebuilt.${table}`)
    }
    database.exec('COMMIT')
  } finally {
    // Closing takes back what was not committed.
    database.close()
  }
}
