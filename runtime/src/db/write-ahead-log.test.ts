import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SafeConnection } from './libsql-connection.ts'
import { openLibsqlStore } from './libsql-store.ts'
import { upsert } from './row-change.ts'
import type { Store } from './store.ts'

const MEGABYTE = 1024 * 1024
let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-log-'))
  store = await openLibsqlStore(join(folder, 'a.db'), { lock: true, logBytes: MEGABYTE })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = async (count: number) => {
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const row = { stream: 1, sequence, records: 'x'.repeat(MEGABYTE / 2) }
    await store.write([{ lock: null, changes: [upsert('payload', row)], owner: null }])
  }
}

it('F17 says that a long reader holds the log, goes on writing, and empties the log when he is done', async () => {
  const reader = new SafeConnection(join(folder, 'a.db'), { queryOnly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM payload').get()
  await write(20)
  const held = store.tendLog!()
  expect(held.isHeld).toBe(true)
  expect(held.bytes).toBeGreaterThan(8 * MEGABYTE)
  await write(2)
  reader.exec('COMMIT')
  expect(store.tendLog!()).toEqual({ bytes: 0, isHeld: false })
  reader.close()
  await write(1)
  expect(await store.read.select().from(store.tables.payload)).toHaveLength(20)
})

it('F17 keeps the log small when nobody reads for long', async () => {
  let largest = 0
  for (let i = 0; i < 20; i += 1) {
    await write(2)
    largest = Math.max(largest, store.tendLog!().bytes)
  }
  expect(largest).toBeLessThan(8 * MEGABYTE)
})
