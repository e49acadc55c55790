import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLibsqlStore } from './libsql-store.ts'
import { insert } from './row-change.ts'
import { Scan } from './scan.ts'
import type { Store } from './store.ts'

/** Goes through so many numbers: a search through many rows. */
const through = (many: number) =>
  sql`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${many}) select count(*) from n)`

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-scan-'))
  store = await openLibsqlStore(join(folder, 'b.db'), { lock: true })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const units = () => store.scan.select({ n: count() }).from(store.tables.unit)

test('sees what was committed before it is asked, as what drizzle makes of it', async () => {
  expect(await units()).toEqual([{ n: 0 }])
  const row = { stream: 2_000, sequence: 1, format: 2, state: '{"a":[1,null]}' }
  await store.write([{ lock: null, changes: [insert('snapshot', row)], owner: null }])
  expect(await store.scan.select().from(store.tables.snapshot)).toEqual([row])
})

test('D7 who reads beside it gets his turn while it goes through many rows', async () => {
  const order: string[] = []
  const { unit } = store.tables
  const scanned = store.scan.select({ n: through(2_000_000).mapWith(Number) }).from(sql`(select 1)`)
  await Promise.all([
    scanned.then(([row]) => order.push(`scanned ${row?.n}`)),
    store.read
      .select()
      .from(unit)
      .then(() => order.push('read')),
  ])
  expect(order).toEqual(['read', 'scanned 2000000'])
})

test('does not write, and says by a code what a statement met', async () => {
  await expect(store.scan.all(sql`delete from unit returning id`)).rejects.toMatchObject({
    cause: { code: 'SQLITE_READONLY' },
  })
  expect(await units()).toEqual([{ n: 0 }])
})

test('turns away who would wait behind too many', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 130 }, () => units()))
  const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason.cause] : []))
  expect(refused).toHaveLength(30)
  for (const one of refused) expect(one).toMatchObject({ name: 'StorageError', code: 'QUEUE_FULL' })
  expect(await units()).toEqual([{ n: 0 }])
})

test('tells who waits that its thread is gone', async () => {
  const scan = new Scan(join(folder, 'none', 'b.db'))
  await expect(scan.database.run(sql`select 1`)).rejects.toMatchObject({ cause: { name: 'StorageError' } })
  await expect(scan.database.run(sql`select 1`)).rejects.toMatchObject({ cause: { name: 'StorageError' } })
  await scan.close()
})

test('ends in the middle of what it does', async () => {
  const scan = new Scan(join(folder, 'b.db'))
  const waiting = scan.database.select({ n: through(3_000_000).mapWith(Number) }).from(sql`(select 1)`)
  const told = expect(waiting).rejects.toMatchObject({ cause: { name: 'StorageError' } })
  await new Promise((turn) => setImmediate(turn))
  await scan.close()
  await told
})
