import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTrail, sealTrail } from '../../bench/trail.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import type { Store } from '../db/store.ts'
import { readCheckpointFile, verifyCheckpointFile } from './outside.ts'
import { verifyDatabase } from './verify-database.ts'

const ROWS = 400
let folder: string
let path: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-whole-'))
  path = join(folder, 'trail.db')
  await makeTrail(path, folder, ROWS)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A copy of the trail, changed by somebody. */
async function changed(name: string, change: (store: Store, copy: string) => Promise<void>): Promise<string> {
  const copy = join(folder, name)
  cpSync(path, copy)
  const store = await openLibsqlStore(copy, { lock: false })
  await change(store, copy)
  await store.close()
  return copy
}

describe('a database as a whole', () => {
  it('holds, says what is sealed, and agrees with a checkpoint that was kept elsewhere', async () => {
    const outside = await readCheckpointFile(join(folder, 'checkpoints.jsonl'))
    const found = await verifyDatabase(path, outside)
    expect(found).toMatchObject({
      intact: true,
      trail: { rows: ROWS, breaks: [] },
      seal: { sealed: ROWS, outside: 1, breaks: [] },
      unsealed: 0,
    })
    expect(await verifyCheckpointFile(join(folder, 'checkpoints.jsonl'))).toMatchObject({
      intact: true,
      hasKeys: true,
      last: { size: ROWS },
    })
  })

  it('T01 a chain that was written anew, sealed and signed by another key, is caught by a checkpoint kept elsewhere', async () => {
    const forged = mkdtempSync(join(folder, 'forged-'))
    await makeTrail(join(forged, 'trail.db'), forged, ROWS)
    expect((await verifyDatabase(join(forged, 'trail.db'))).intact).toBe(true)
    const outside = await readCheckpointFile(join(folder, 'checkpoints.jsonl'))
    const found = await verifyDatabase(join(forged, 'trail.db'), outside)
    expect(found.intact).toBe(false)
    expect(found.seal.breaks).toEqual([{ what: 'outside', number: 1, fault: 'signature' }])
  })

  it('T01 a chain that was written anew and signed by the stolen key is caught all the same', async () => {
    const outside = await readCheckpointFile(join(folder, 'checkpoints.jsonl'))
    const den = mkdtempSync(join(folder, 'den-'))
    cpSync(join(folder, 'keys'), join(den, 'keys'), { recursive: true })
    const forged = await changed('stolen.db', async (store, copy) => {
      const { leaf, treeNode, merkleTree, checkpoint, trail } = store.tables
      for (const table of [leaf, treeNode, merkleTree, checkpoint]) await store.single.delete(table)
      await store.single.delete(trail).where(eq(trail.stream, 1024))
      await store.single.delete(store.tables.payload).where(eq(store.tables.payload.stream, 1024))
      await store.single.delete(store.tables.stream).where(eq(store.tables.stream.stream, 1024))
      await sealTrail(await openLibsqlStore(copy, { lock: true }), den)
    })
    expect((await verifyDatabase(forged)).intact).toBe(true)
    const { seal } = await verifyDatabase(forged, outside)
    expect(seal.breaks).toEqual([{ what: 'outside', number: 1, fault: 'missing' }])
  })

  it('a sealed row that is gone with its stream is named', async () => {
    const gone = await changed('gone.db', async ({ single, tables: { trail, payload, stream } }) => {
      for (const table of [trail, payload, stream]) await single.delete(table).where(eq(table.stream, 1030))
    })
    expect((await verifyDatabase(gone)).trail.breaks).toEqual([{ stream: 1030, sequence: 1, fault: 'leafWithoutRow' }])
  })

  it('T01 a leaf that was put where no row can be is named, and so is a row there', async () => {
    const gone = await changed('hidden.db', async (store) => {
      const { trail, payload, stream, leaf } = store.tables
      for (const table of [trail, payload, stream]) await store.single.delete(table).where(eq(table.stream, 1030))
      await store.single.update(leaf).set({ stream: -1030 }).where(eq(leaf.stream, 1030))
    })
    const { seal, intact } = await verifyDatabase(gone)
    expect(intact).toBe(false)
    expect(seal.breaks).toHaveLength(10)
    expect(seal.breaks[0]).toEqual({ what: 'leaf', number: 60, fault: 'columns' })
    const before = await changed('before.db', async ({ single, tables: { leaf } }) => {
      await single
        .update(leaf)
        .set({ sequence: -1 })
        .where(and(eq(leaf.stream, 1030), eq(leaf.sequence, 10)))
    })
    expect((await verifyDatabase(before)).seal.breaks).toEqual([{ what: 'leaf', number: 69, fault: 'columns' }])
    for (const place of [{ stream: -3 }, { stream: 0, sequence: 0 }, { stream: 1024, sequence: -1 }]) {
      const more = await changed(`more${place.stream}.db`, async ({ read, single, tables: { trail, payload } }) => {
        const [row] = await read.select().from(trail).where(eq(trail.stream, 1030)).limit(1)
        await single.insert(trail).values({ ...row!, ...place })
        await single.insert(payload).values({ sequence: 1, records: '', ...place })
      })
      const { trail, intact } = await verifyDatabase(more)
      expect([intact, trail.breaks[0]]).toMatchObject([false, { stream: place.stream, sequence: place.sequence ?? 1 }])
    }
  })

  it('T01 a leaf of no tree, which would keep its row from ever being sealed, is named', async () => {
    for (const [name, place] of [
      ['tree', { tree: 9, number: 0 }],
      ['number', { tree: 1, number: -1 }],
    ] as const) {
      const planted = await changed(`leaf-${name}.db`, async ({ single, tables: { leaf } }) => {
        await single.insert(leaf).values({ ...place, stream: 1030, sequence: 11, hash: 'f'.repeat(64) })
      })
      expect((await verifyDatabase(planted)).seal.breaks).toEqual([
        { what: 'leaf', number: place.number, fault: 'extra' },
      ])
    }
  })

  it('T01 nodes that belong to no complete subtree are named, whatever level, number or tree they have', async () => {
    const extra = [
      { tree: 1, level: 4, number: ROWS / 16 },
      { tree: 1, level: 4, number: -1 },
      { tree: 1, level: 5, number: 0 },
      { tree: 1, level: 60, number: 7 },
      { tree: 9, level: 4, number: 0 },
    ]
    const planted = await changed('planted.db', async ({ single, tables: { treeNode } }) => {
      await single.insert(treeNode).values(extra.map((node) => ({ ...node, hash: 'f'.repeat(64) })))
    })
    const { seal, intact } = await verifyDatabase(planted)
    expect(intact).toBe(false)
    expect(seal.breaks).toEqual([-1, ROWS / 16, 0, 7, 0].map((number) => ({ what: 'node', number, fault: 'extra' })))
  })

  it('G9 much to verify is verified in processes of its own, with the same findings', {
    timeout: 120_000,
  }, async () => {
    const large = join(folder, 'large')
    rmSync(large, { recursive: true, force: true })
    await makeTrail(join(folder, 'large.db'), large, 20_010)
    const store = await openLibsqlStore(join(folder, 'large.db'), { lock: false })
    const { trail } = store.tables
    await store.single.update(trail).set({ actorId: 'other' }).where(eq(trail.stream, 2000))
    await store.close()
    expect(await verifyDatabase(join(folder, 'large.db'))).toMatchObject({
      intact: false,
      trail: { rows: 20_010, breaks: [{ stream: 2000, sequence: 1, fault: 'hash' }] },
      seal: { sealed: 20_010, breaks: [] },
    })
  })
})
