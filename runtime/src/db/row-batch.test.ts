import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SafeConnection } from './libsql-connection.ts'
import { openLibsqlStore } from './libsql-store.ts'
import { primaryKeyOf } from './primary-keys.ts'
import { RowBatch } from './row-batch.ts'
import { insert, KeyRange, type RowChange, remove, update, upsert } from './row-change.ts'
import { tablesOf } from './schema/index.ts'
import { Statements } from './statement.ts'

const statements = new Statements('libsql', tablesOf('libsql'), primaryKeyOf)
let folder: string
let connection: SafeConnection
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-batch-'))
  await (await openLibsqlStore(join(folder, 'a.db'), { lock: false })).close()
  connection = new SafeConnection(join(folder, 'a.db'))
})
afterAll(() => {
  connection.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Few keys, so that changes meet: a table with one key, one with two and updates by half of it, one of keys alone. */
const key = fc.integer({ min: 1, max: 4 })
const small = fc.integer({ min: 1, max: 3 })
const bool = fc.boolean()
const timer = (at: number, dueAt: number, interrupting: boolean) => ({
  key: at,
  instanceKey: dueAt,
  elementId: 'e',
  elementInstanceKey: 2,
  dueAt,
  interrupting,
  createdAt: 0,
})
const candidate = (taskKey: number, role: number, claimable: boolean) => ({
  taskKey,
  role: String(role),
  unitId: 'v1',
  instanceKey: 1,
  claimable,
})
const change: fc.Arbitrary<RowChange> = fc.oneof(
  fc.tuple(key, small, bool).map((given) => insert('timer', timer(...given))),
  fc.tuple(key, small, bool).map((given) => upsert('timer', timer(...given))),
  fc.tuple(key, small).map(([at, dueAt]) => update('timer', { dueAt }, { key: at })),
  fc.tuple(small, small).map(([dueAt, instanceKey]) => update('timer', { dueAt, instanceKey }, { dueAt: instanceKey })),
  fc.tuple(key, small).map(([at, dueAt]) => update('timer', { key: at }, { dueAt })),
  key.map((at) => remove('timer', { key: at })),
  fc.tuple(key, small).map(([at, more]) => remove('timer', { key: new KeyRange(at, at + more) })),
  fc.tuple(key, small, bool).map((given) => upsert('taskCandidate', candidate(...given))),
  fc.tuple(key, bool).map(([taskKey, claimable]) => update('taskCandidate', { claimable }, { taskKey })),
  key.map((at) => upsert('fileRemoval', { digest: String(at) })),
)

const run = (bound: ReturnType<Statements['bind']>) => connection.cached(bound.sql).runBound(bound)

/** What the database holds after the changes; null when one of them could not be made. Nothing of it stays. */
function after(before: readonly RowChange[], write: () => void): unknown {
  connection.exec('BEGIN IMMEDIATE')
  try {
    for (const one of before) run(statements.bind(one))
    write()
    return ['timer', 'task_candidate', 'file_removal'].map((table) =>
      connection.prepare(`SELECT * FROM ${table} ORDER BY 1`).all(),
    )
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) })
    return null
  } finally {
    connection.exec('ROLLBACK')
  }
}

describe('a batch of rows', () => {
  it('makes of any changes what they make one by one', () => {
    const there = fc
      .uniqueArray(fc.tuple(key, small, bool), { selector: ([at]) => at, maxLength: 3 })
      .map((all) => all.map((given) => insert('timer', timer(...given))))
    fc.assert(
      fc.property(there, fc.array(change, { maxLength: 40 }), (before, changes) => {
        const alone = after(before, () => {
          for (const one of changes) run(statements.bind(one))
        })
        const copy = structuredClone(changes)
        const together = after(before, () => {
          const batch = new RowBatch(statements, run)
          for (const one of changes) batch.add(one)
          batch.flush()
        })
        expect(together).toEqual(alone)
        expect(changes).toEqual(copy)
      }),
      { numRuns: 2000 },
    )
  })

  it('P3 leaves a row alone that is as it would be', () => {
    const changed = () => (connection.prepare('SELECT total_changes() AS n').get() as { n: number }).n
    const writes = (one: RowChange) => {
      const before = changed()
      run(statements.bind(one))
      return changed() - before
    }
    connection.exec('BEGIN IMMEDIATE')
    try {
      expect(writes(upsert('timer', timer(9, 1, true)))).toBe(1)
      expect(writes(upsert('timer', timer(9, 1, true)))).toBe(0)
      expect(writes(upsert('timer', timer(9, 2, true)))).toBe(1)
    } finally {
      connection.exec('ROLLBACK')
    }
  })

  it('writes many rows with few statements, and an update of a waiting row with none', () => {
    const texts: string[] = []
    const batch = new RowBatch(statements, ({ sql }) => texts.push(sql))
    for (let at = 1; at <= 37; at += 1) {
      batch.add(insert('timer', timer(at, 1, true)))
      batch.add(update('timer', { dueAt: 2 }, { key: at }))
    }
    batch.flush()
    expect(texts).toHaveLength(4)
  })
})
