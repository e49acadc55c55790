import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildRow, emptyHead } from '../audit/chain.ts'
import { libsqlPlaces, type Place, postgresqlPlaces } from '../testing/place.ts'
import { SafeConnection } from './libsql-connection.ts'
import { AlreadyOpen } from './libsql-lock.ts'
import { openLibsqlStore } from './libsql-store.ts'
import { insert, remove, update, upsert } from './row-change.ts'
import type { Row } from './schema/index.ts'
import { StorageError } from './storage-error.ts'
import type { Store, WriteUnit } from './store.ts'

const actor = { type: 'person', id: 'p' } as const

function unit(
  stream: number,
  after = emptyHead,
  more: WriteUnit['changes'] = [],
  owner: WriteUnit['owner'] = null,
): WriteUnit & { head: typeof emptyHead } {
  const { trail, payload, head } = buildRow(
    stream,
    after,
    { kind: 'k', key: null, version: 1, value: { a: 1 }, at: 1, actor, requestId: 'r' },
    [],
  )
  return { lock: insert('trail', trail), changes: [insert('payload', payload), ...more], owner, head }
}

const timer = (key: number, dueAt: number): Row<'timer'> => ({
  key,
  instanceKey: 1,
  elementId: 'e',
  elementInstanceKey: 2,
  dueAt,
  interrupting: true,
  createdAt: 0,
})

describe.each([libsqlPlaces, postgresqlPlaces])('the store on $name', (places) => {
  afterAll(() => places.end())
  let place: Place
  let store: Store
  beforeEach(async () => {
    place = places.make()
    store = await place.open({ lock: true })
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })
  const timers = () => store.read.select().from(store.tables.timer).orderBy(asc(store.tables.timer.key))

  it('writes each kind of change and reads the same values back', async () => {
    const { variable } = store.tables
    const value = { text: '村\u0000\ud800', list: [1.5, null, true] }
    const change = { scopeKey: 1, name: 'x', key: 2 ** 52 - 1, instanceKey: 1 }
    await store.write([
      {
        lock: null,
        owner: null,
        changes: [
          insert('timer', timer(1, 10)),
          upsert('timer', timer(1, 20)),
          upsert('variable', { ...change, value }),
        ],
      },
    ])
    expect(await timers()).toEqual([timer(1, 20)])
    expect(await store.read.select().from(variable)).toEqual([{ ...change, value }])
    await store.write([
      {
        lock: null,
        owner: null,
        changes: [
          upsert('variable', { ...change, value: null }),
          update('timer', { dueAt: 30, interrupting: false }, { key: 1 }),
        ],
      },
    ])
    expect((await store.read.select().from(variable))[0]?.value).toBeNull()
    expect(await timers()).toEqual([{ ...timer(1, 30), interrupting: false }])
    await store.write([{ lock: null, owner: null, changes: [remove('timer', { key: 1 })] }])
    expect(await timers()).toEqual([])
  })

  it('finds rows by null and refuses a change of every row', async () => {
    await store.single
      .insert(store.tables.unit)
      .values({ id: 'a', name: 'A', level: 'district', parentId: null, path: '/a/', place: 0 })
    await store.write([{ lock: null, owner: null, changes: [update('unit', { name: 'B' }, { parentId: null })] }])
    expect((await store.read.select().from(store.tables.unit))[0]?.name).toBe('B')
    const [result] = await store.write([{ lock: null, owner: null, changes: [remove('unit', {})] }])
    expect(result?.outcome).toBe('failed')
  })

  it('keeps NUL out of text columns', async () => {
    const changes = [
      insert('incident', {
        key: 1,
        instanceKey: 1,
        elementId: 'a\0b',
        elementName: null,
        elementInstanceKey: 1,
        code: 'X',
        facts: {},
        jobKey: null,
        state: 'active',
        createdAt: 1,
        resolvedAt: null,
      }),
    ]
    expect(await store.write([{ lock: null, owner: null, changes }])).toEqual([{ outcome: 'written' }])
    expect((await store.read.select().from(store.tables.incident))[0]?.elementId).toBe('a\uFFFDb')
  })

  it('writes a group whole but for the unit that conflicts, and those that build on it', async () => {
    const owner = { failed: false }
    const other = { failed: false }
    const first = unit(1024, emptyHead, [insert('timer', timer(1, 1))])
    const rival = unit(1024, emptyHead, [insert('timer', timer(2, 1))], owner)
    const onRival = unit(1024, rival.head, [insert('timer', timer(3, 1))], owner)
    const elsewhere = unit(1025, emptyHead, [insert('timer', timer(4, 1))], other)
    const results = await store.write([first, rival, onRival, elsewhere])
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'conflict', 'conflict', 'written'])
    expect((await timers()).map(({ key }) => key)).toEqual([1, 4])
    expect(owner.failed).toBe(true)
    expect(other.failed).toBe(false)
  })

  it('takes back the trail row of a unit whose projection fails', async () => {
    const owner = { failed: false }
    const [result] = await store.write([
      unit(1024, emptyHead, [insert('timer', timer(1, 1)), insert('timer', timer(1, 2))], owner),
    ])
    expect(result?.outcome).toBe('failed')
    expect(owner.failed).toBe(true)
    expect(await store.read.select().from(store.tables.trail)).toEqual([])
    expect(await timers()).toEqual([])
  })

  it('stops writing when another server has taken the lease', async () => {
    await store.single.update(store.tables.lease).set({ epoch: 99 }).where(eq(store.tables.lease.name, 'writer'))
    const owner = { failed: false }
    await expect(store.write([unit(1024, emptyHead, [], owner)])).rejects.toThrow(StorageError)
    expect(owner.failed).toBe(true)
    expect(await store.read.select().from(store.tables.trail)).toEqual([])
  })

  it('runs single statements of tools beside the server', async () => {
    const tool = await place.open()
    const [row] = await tool.single.insert(tool.tables.timer).values(timer(7, 1)).returning()
    expect(row).toEqual(timer(7, 1))
    await tool.close()
    expect(await store.write([unit(1024)])).toEqual([{ outcome: 'written' }])
    expect(await timers()).toHaveLength(1)
  })
})

describe('the libSQL file', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bihuan-libsql-'))
    path = join(folder, 'a.db')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('F08 lets one server in, and the next after it has gone', async () => {
    const first = await openLibsqlStore(path, { lock: true })
    await expect(openLibsqlStore(path, { lock: true })).rejects.toThrow(AlreadyOpen)
    await expect(openLibsqlStore(path, { lock: true })).rejects.toThrow(/another one is running/)
    await first.close()
    const second = await openLibsqlStore(path, { lock: true })
    await second.close()
  })

  it('F05 answers a full disk with an error, keeps nothing, and goes on when there is room', async () => {
    const store = await openLibsqlStore(path, { lock: true })
    const { single } = store
    const { sql } = await import('drizzle-orm')
    const [{ page_count: pages }] = (await single.all(sql`PRAGMA page_count`)) as [{ page_count: number }]
    await single.all(sql.raw(`PRAGMA max_page_count = ${pages}`))
    const owner = { failed: false }
    const much = { scopeKey: 1, name: 'x', key: 1, instanceKey: 1, value: 'x'.repeat(200_000) }
    const full = store.write([unit(1024, emptyHead, [upsert('variable', much)], owner)])
    await expect(full).rejects.toMatchObject({ name: 'StorageError', code: 'SQLITE_FULL' })
    expect(owner.failed).toBe(true)
    // The connection was opened anew, without the limit.
    expect(await store.write([unit(1024, emptyHead, [upsert('variable', much)])])).toEqual([{ outcome: 'written' }])
    expect(await store.read.select().from(store.tables.trail)).toHaveLength(1)
    await store.close()
  })

  it('shows other connections nothing of a group before its COMMIT', async () => {
    const seen: unknown[] = []
    const count = () => other.prepare('SELECT count(*) AS n FROM timer').get()
    const store = await openLibsqlStore(path, {
      lock: true,
      point: (name) => name === 'unit.written' && seen.push(count()),
    })
    const other = new SafeConnection(path, { queryOnly: true })
    await store.write([{ lock: null, owner: null, changes: [insert('timer', timer(1, 1))] }])
    expect([...seen, count()]).toEqual([{ n: 0 }, { n: 1 }])
    other.close()
    await store.close()
  })

  it('asserts the settings that durability rests on', () => {
    const connection = new SafeConnection(path)
    const setting = (name: string) => Object.values(connection.prepare(`PRAGMA ${name}`).get() as object)[0]
    expect([setting('journal_mode'), setting('synchronous'), setting('foreign_keys')]).toEqual(['wal', 2, 1])
    connection.close()
  })

  it.each([
    ['an unsafe integer', 2 ** 53 + 2],
    ['an infinite number', Number.POSITIVE_INFINITY],
    ['text with NUL', 'a\0b'],
    ['an object', {}],
  ])('refuses to bind %s', (_what, value) => {
    const connection = new SafeConnection(path)
    connection.exec('CREATE TABLE t (a)')
    expect(() => connection.prepare('INSERT INTO t VALUES (?)').run(value)).toThrow(TypeError)
    connection.prepare('INSERT INTO t VALUES (?)').run(true)
    expect(connection.prepare('SELECT a FROM t').get()).toEqual({ a: 1 })
    connection.close()
  })

  it('cannot be written through the connection for reads', async () => {
    const store = await openLibsqlStore(path, { lock: false })
    await expect((async () => store.read.insert(store.tables.timer).values(timer(1, 1)))()).rejects.toThrow(
      /readonly|read-only|attempt to write/i,
    )
    await store.close()
  })
})
