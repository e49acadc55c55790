import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getTableColumns } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SafeConnection } from '../db/libsql-connection.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { removeOfCase } from '../db/of-case.ts'
import { primaryKeyOf } from '../db/primary-keys.ts'
import { tablesOf } from '../db/schema/index.ts'
import { Statements } from '../db/statement.ts'
import { rebuiltTables } from './rebuild.ts'

const tables = tablesOf('libsql')
const statements = new Statements('libsql', tables, primaryKeyOf)
let folder: string
let connection: SafeConnection
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-removed-'))
  await (await openLibsqlStore(join(folder, 'a.db'), { lock: false })).close()
  connection = new SafeConnection(join(folder, 'a.db'))
})
afterAll(() => {
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each(rebuiltTables.filter((table) => 'instanceKey' in getTableColumns(tables[table])))(
  'P4 rows of a case are removed without a look at those of others: %s',
  (table) => {
    const { sql, parameters } = statements.bind(removeOfCase(table, 2 ** 30 + 1))
    const plan = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]
    expect(plan.map(({ detail }) => detail.slice(0, 6))).toEqual(['SEARCH'])
  },
)
