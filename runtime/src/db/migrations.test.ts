import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import LibSql from 'libsql'
import { describe, expect, it } from 'vitest'
import { pendingMigration } from './migrations.ts'

const folderOf = (dialect: string) => fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))

/** Statements of the migrations of a dialect by their names. */
function statementsOf(dialect: string): ReadonlyMap<string, readonly string[]> {
  const { entries } = JSON.parse(readFileSync(join(folderOf(dialect), 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }
  return new Map(
    entries.map(({ tag }) => [
      tag,
      readFileSync(join(folderOf(dialect), `${tag}.sql`), 'utf8').split('--> statement-breakpoint'),
    ]),
  )
}

/** An empty database of a dialect: what runs a statement, and what reads rows. */
async function emptyDatabase(dialect: string) {
  if (dialect === 'libsql') {
    const database = new LibSql(':memory:')
    const rows = async (sql: string) => database.prepare(sql).all() as object[]
    return { run: async (sql: string) => void database.exec(sql), rows, close: async () => void database.close() }
  }
  const database = new PGlite()
  const rows = async (sql: string) => (await database.query<object>(sql)).rows
  return { run: async (sql: string) => void (await database.exec(sql)), rows, close: () => database.close() }
}

describe.each(['libsql', 'postgresql'] as const)('migrations of %s', (dialect) => {
  it('make the described tables', async () => {
    const { statements } = await pendingMigration(dialect, folderOf(dialect))
    expect(statements).toEqual([])
  })

  it('A02 let those find a case who may act in it since before there was a table of them', async () => {
    const { run, rows, close } = await emptyDatabase(dialect)
    const action = {
      ...{ label: 'Object', formId: null, formKey: null },
      candidates: ['clerk', 'clerk', 'elder'].map((role) => ({ role, unitId: 'east' })),
    }
    for (const [tag, statements] of statementsOf(dialect)) {
      if (tag.endsWith('_action_candidate'))
        for (const [key, json] of [
          [7, `'${JSON.stringify(action)}'`],
          [8, 'NULL'],
        ])
          await run(
            `INSERT INTO subscription (key, instance_key, process_id, element_id, element_instance_key, message_name, correlation_key, interrupting, action, created_at) VALUES (${key}, 5, 'p', 'e', 6, 'm', 'k', ${dialect === 'libsql' ? '1' : 'true'}, ${json}, 9)`,
          )
      for (const statement of statements) if (statement.trim() !== '') await run(statement)
    }
    const open = dialect === 'libsql' ? 1 : true
    expect(
      await rows('SELECT instance_key, subscription_key, role, unit_id, open FROM action_candidate ORDER BY role'),
    ).toEqual(['clerk', 'elder'].map((role) => ({ instance_key: 5, subscription_key: 7, role, unit_id: 'east', open })))
    await close()
  })

  it('P4 leave the parts open that people have in cases which have not ended', async () => {
    const { run, rows, close } = await emptyDatabase(dialect)
    for (const [tag, statements] of statementsOf(dialect)) {
      if (tag.endsWith('_open_parts'))
        for (const [key, state] of Object.entries({ 1: 'active', 2: 'suspended', 3: 'completed', 4: 'terminated' })) {
          await run(
            `INSERT INTO process_instance (key, definition_key, process_id, process_name, version, unit_id, unit_name, unit_level, unit_path, units, state, started_by_type, started_by, started_at) VALUES (${key}, 9, 'p', 'P', 1, 'u', 'U', 'village', '/u/', '[]', '${state}', 'person', 'a', 5)`,
          )
          await run(`INSERT INTO participant (instance_key, person_id) VALUES (${key}, 'a')`)
        }
      for (const statement of statements) if (statement.trim() !== '') await run(statement)
    }
    expect(await rows('SELECT instance_key FROM participant WHERE open ORDER BY instance_key')).toEqual([
      { instance_key: 1 },
      { instance_key: 2 },
    ])
    await close()
  })
})
