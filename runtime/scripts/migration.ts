/**
 * Writes the next migration of both dialects from the described tables: `npx tsx runtime/scripts/migration.ts NAME`.
 * Prints the folders that got one.
 */
import { fileURLToPath } from 'node:url'
import { writeMigration } from '../src/db/migrations.ts'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    'Expected a name of lower-case letters, digits and underscores: npx tsx runtime/scripts/migration.ts NAME',
  )
  process.exit(1)
}
for (const dialect of ['libsql', 'postgresql'] as const) {
  const folder = fileURLToPath(new URL(`../migrations/${dialect}`, import.meta.url))
  const written = await writeMigration(dialect, folder, name, Date.now())
  console.log(`${dialect}: ${written ? `written to ${folder}` : 'nothing to do'}`)
}
