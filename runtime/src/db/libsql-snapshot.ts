import { createHash } from 'node:crypto'
import LibSql from 'libsql'
import { openReader, type Reader } from './libsql-reader.ts'

/**
 * Writes a whole and consistent copy of a database to a new file, beside a server that goes on writing: `VACUUM INTO`
 * reads within one transaction. What has been erased and still lies in free pages is not in the copy. The file is not
 * synced. Throws the driver's error (`SQLITE_FULL`, `SQLITE_IOERR…`).
 */
export function copyDatabase(path: string, target: string): void {
  const database = new LibSql(path, { timeout: 5000 })
  try {
    database.prepare('VACUUM INTO ?').run([target])
  } finally {
    database.close()
  }
}

/** A copy of a database as a backup describes it. */
export interface Snapshot extends Reader {
  /** Rows of every table by its name in the database. */
  rows(): { [table: string]: number }
  /** SHA-256 over the heads of all streams, in their order. */
  head(): string
  /** Migrations that would change a database that has a trail. */
  outdated(): readonly string[]
}

/** Opens a copy of a database for reads alone; leaves no file beside it and changes nothing. */
export function openSnapshot(path: string): Snapshot {
  const reader = openReader(path)
  const { prepare } = reader
  const one = (sql: string) => (prepare(sql).raw().get() as [number])[0]
  const tables = () =>
    (prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).raw().all() as [string][])
      .map(([name]) => name)
      .filter((name) => !name.startsWith('sqlite_'))
  return {
    ...reader,
    rows: () => Object.fromEntries(tables().map((name) => [name, one(`SELECT count(*) FROM "${name}"`)])),
    head() {
      const hash = createHash('sha256')
      const heads = prepare('SELECT stream, sequence, hash FROM stream ORDER BY stream').raw().all()
      for (const head of heads as [number, number, string][]) hash.update(`${head.join(' ')}\n`)
      return hash.digest('hex')
    },
    outdated() {
      const pending = reader.pending()
      const hasTrail = () => tables().includes('trail') && one('SELECT EXISTS (SELECT 1 FROM trail)') === 1
      return pending.length > 0 && hasTrail() ? pending : []
    },
  }
}
