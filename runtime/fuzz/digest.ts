import { createHash } from 'node:crypto'
import LibSql from 'libsql'
import { systemStreams } from '../src/host/system-stream.ts'

/**
 * Tables that change without a request being done: the seal over the trail, which follows the clock, snapshots, which are
 * a cache, and the lease of the writer.
 */
const besides = ['checkpoint', 'leaf', 'merkle_tree', 'tree_node', 'signing_key', 'snapshot', 'lease']
/** Tables with rows of each stream; those of the security stream are the record of refusals itself. */
const byStream = ['trail', 'payload', 'stream']

/** A digest a table. */
export type Digest = ReadonlyMap<string, string>

/** Digests everything in a database but what is named above. */
export function digestOf(databasePath: string): Digest {
  const database = new LibSql(databasePath, { readonly: true, timeout: 5000 })
  try {
    database.exec('BEGIN')
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      .all() as { name: string }[]
    const digest = new Map<string, string>()
    for (const { name } of tables) {
      if (besides.includes(name)) continue
      const where = byStream.includes(name) ? ` WHERE stream <> ${systemStreams.security}` : ''
      const hash = createHash('sha256')
      for (const row of database.prepare(`SELECT * FROM "${name}"${where}`).raw().all([]))
        hash.update(JSON.stringify(row))
      digest.set(name, hash.digest('base64url'))
    }
    database.exec('ROLLBACK')
    return digest
  } finally {
    database.close()
  }
}

/** Where what a person was typing is kept. */
export const draftTables: readonly string[] = ['draft', 'draft_file']

/** Tables that differ. */
export function differing(before: Digest, after: Digest): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name))
}
