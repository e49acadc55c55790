import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api'
import { type Dialect, tablesOf } from './schema/index.ts'

interface Journal {
  version: string
  dialect: string
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[]
}

const kit = {
  libsql: {
    dialect: 'sqlite',
    json: async (tables: Record<string, unknown>, previous?: string) => generateSQLiteDrizzleJson(tables, previous),
    migration: generateSQLiteMigration,
  },
  postgresql: {
    dialect: 'postgresql',
    json: async (tables: Record<string, unknown>, previous?: string) => generateDrizzleJson(tables, previous),
    migration: generateMigration,
  },
} as const

type Snapshot = { readonly id: string; readonly version: string }

/**
 * The statements that bring a database of the committed migrations to the described tables; empty when they agree.
 * `folder` holds one dialect's migrations in drizzle-kit's layout.
 */
export async function pendingMigration(
  dialect: Dialect,
  folder: string,
): Promise<{ statements: string[]; snapshot: Snapshot; journal: Journal }> {
  const { json, migration, dialect: name } = kit[dialect]
  const journalPath = join(folder, 'meta/_journal.json')
  const journal: Journal = existsSync(journalPath)
    ? JSON.parse(readFileSync(journalPath, 'utf8'))
    : { version: '7', dialect: name, entries: [] }
  const last = journal.entries.at(-1)
  const previous = last
    ? JSON.parse(readFileSync(join(folder, `meta/${String(last.idx).padStart(4, '0')}_snapshot.json`), 'utf8'))
    : await json({})
  const snapshot = await json(tablesOf(dialect) as Record<string, unknown>, previous.id)
  // The two dialects' snapshots have different types; each is only ever given to its own dialect.
  const statements = await (migration as (a: unknown, b: unknown) => Promise<string[]>)(previous, snapshot)
  return { statements, snapshot, journal }
}

/** Writes the pending migration of a dialect under `name`; says whether there was one. */
export async function writeMigration(dialect: Dialect, folder: string, name: string, when: number): Promise<boolean> {
  const { statements, snapshot, journal } = await pendingMigration(dialect, folder)
  if (statements.length === 0) return false
  const idx = journal.entries.length
  const number = String(idx).padStart(4, '0')
  mkdirSync(join(folder, 'meta'), { recursive: true })
  writeFileSync(join(folder, `${number}_${name}.sql`), `${statements.join('\n--> statement-breakpoint\n')}\n`)
  writeFileSync(join(folder, `meta/${number}_snapshot.json`), `${JSON.stringify(snapshot, null, 2)}\n`)
  journal.entries.push({ idx, version: snapshot.version, when, tag: `${number}_${name}`, breakpoints: true })
  writeFileSync(join(folder, 'meta/_journal.json'), `${JSON.stringify(journal, null, 2)}\n`)
  return true
}
