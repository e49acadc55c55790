import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sealTrail } from '../bench/trail.ts'
import { buildRow, emptyHead } from '../src/audit/chain.ts'
import { pack, type TrailLine, unpack } from '../src/audit/pack.ts'
import { verifyTrail } from '../src/audit/verify.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { insert, remove } from '../src/db/row-change.ts'
import type { Row } from '../src/db/schema/index.ts'
import type { Store } from '../src/db/store.ts'

const FIRST = 1024
const STREAMS = 12
const ROWS = 9
const actor = { type: 'person', id: 'clerk' } as const

let folder: string
let store: Store
let kept: readonly Row<'restingCase'>[]
let heads: readonly Row<'stream'>[]

/** The rows of a stream, `mark` in what they say. */
function linesOf(stream: number, mark: string): TrailLine[] {
  let head = emptyHead
  return Array.from({ length: ROWS }, (_, i) => {
    const facts = Array.from({ length: 1 + (i % 3) }, (_, n) => ({ kind: 'f', key: n, version: 1, value: { i, mark } }))
    const command = { kind: 'c', key: null, version: 1, value: { i }, at: i, actor, requestId: `r${i}` }
    const built = buildRow(stream, head, command, facts, stream % 2 === 0 ? 'sha256' : 'sm3')
    head = built.head
    return { row: built.trail, records: built.payload.records }
  })
}

const headOf = (stream: number, lines: readonly TrailLine[]) => {
  const { row } = lines.at(-1)!
  const records = lines.reduce((sum, one) => sum + (JSON.parse(one.row.heads) as unknown[]).length, 0)
  return { stream, sequence: row.sequence, hash: row.hash, records, counter: 0 }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-resting-edits-'))
  store = await openLibsqlStore(join(folder, 'trail.db'), { lock: true })
  const { trail, payload, restingCase, stream: streams } = store.tables
  const all = Array.from({ length: STREAMS }, (_, i) => [FIRST + i, linesOf(FIRST + i, '回执')] as const)
  for (const [stream, lines] of all)
    await store.write([
      {
        lock: insert('stream', headOf(stream, lines)),
        changes: lines.flatMap(({ row, records }) => [
          insert('trail', row),
          insert('payload', { stream, sequence: row.sequence, records }),
        ]),
        owner: null,
      },
    ])
  await sealTrail(store, folder)
  for (const [stream, lines] of all) {
    await store.write([
      { lock: insert('restingCase', { stream, rows: ROWS, pack: pack(stream, lines) }), changes: [], owner: null },
    ])
    await store.single.delete(trail).where(eq(trail.stream, stream))
    await store.single.delete(payload).where(eq(payload.stream, stream))
  }
  kept = await store.read.select().from(restingCase).orderBy(asc(restingCase.stream))
  heads = await store.read.select().from(streams)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function put(stream: number, change: Partial<Row<'restingCase'>>): Promise<void> {
  const { restingCase } = store.tables
  const { pack: bytes, ...rest } = change
  await store.single
    .update(restingCase)
    .set({ ...rest, ...(bytes && { pack: Buffer.from(bytes) }) })
    .where(eq(restingCase.stream, stream))
}

async function restore(touched: readonly number[]): Promise<void> {
  const changes = touched.flatMap((stream) => [
    ...(['trail', 'payload', 'restingCase', 'stream'] as const).map((table) => remove(table, { stream })),
    ...kept.filter((row) => row.stream === stream).map((row) => insert('restingCase', row)),
    ...heads.filter((row) => row.stream === stream).map((row) => insert('stream', row)),
  ])
  await store.write([{ lock: null, changes, owner: null }])
}

/** Edits by somebody who can write to the database; each gives the streams of which one has to be named. */
const edits: {
  readonly [name: string]: (stream: number, random: (below: number) => number) => Promise<readonly number[]>
} = {
  async byte(stream, random) {
    const bytes = Uint8Array.from(kept.find((row) => row.stream === stream)!.pack)
    bytes[random(bytes.length)]! ^= 1 + random(255)
    await put(stream, { pack: bytes })
    return [stream]
  },
  async cut(stream, random) {
    const { pack: bytes } = kept.find((row) => row.stream === stream)!
    await put(stream, { pack: bytes.subarray(0, random(bytes.length)) })
    return [stream]
  },
  async rows(stream, random) {
    await put(stream, { rows: ROWS + 1 + random(5) })
    return [stream]
  },
  async exchange(stream) {
    const other = stream === FIRST ? stream + 1 : FIRST
    await put(stream, { pack: kept.find((row) => row.stream === other)!.pack })
    return [stream]
  },
  async move(stream) {
    await put(stream, { stream: 5000 })
    return [stream, 5000]
  },
  async remove(stream) {
    const { restingCase } = store.tables
    await store.single.delete(restingCase).where(eq(restingCase.stream, stream))
    return [stream]
  },
  /** Another history, whole in itself, packed anew, and a head that fits: the leaves tell. */
  async rewrite(stream) {
    const lines = linesOf(stream, '伪造')
    await put(stream, { pack: pack(stream, lines) })
    await store.single
      .update(store.tables.stream)
      .set(headOf(stream, lines))
      .where(eq(store.tables.stream.stream, stream))
    return [stream]
  },
  /** Rows cut off at the end, with a head that fits. */
  async shorten(stream, random) {
    const { pack: bytes } = kept.find((row) => row.stream === stream)!
    const lines = unpack(stream, bytes).slice(0, 1 + random(ROWS - 1))
    await put(stream, { pack: pack(stream, lines), rows: lines.length })
    await store.single
      .update(store.tables.stream)
      .set(headOf(stream, lines))
      .where(eq(store.tables.stream.stream, stream))
    return [stream]
  },
  /** The same rows stand in the trail as well. */
  async twice(stream) {
    const { pack: bytes } = kept.find((row) => row.stream === stream)!
    const changes = unpack(stream, bytes).flatMap(({ row, records }) => [
      insert('trail', row),
      insert('payload', { stream, sequence: row.sequence, records }),
    ])
    await store.write([{ lock: null, changes, owner: null }])
    return [stream]
  },
}

/** A sequence of whole numbers below a bound, the same each time (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

it('T01 every edit of a case at rest is found, and the case named', async () => {
  expect(await verifyTrail(store)).toMatchObject({ intact: true, rows: STREAMS * ROWS })
  const random = randomOf(11)
  const names = Object.keys(edits)
  const missed: string[] = []
  for (let i = 0; i < 270; i += 1) {
    const name = names[i % names.length]!
    const stream = FIRST + random(STREAMS)
    const wanted = await edits[name]!(stream, random)
    const { breaks } = await verifyTrail(store)
    const named = breaks.map((one) => one.stream)
    if (!named.some((one) => wanted.includes(one)) || named.some((one) => !wanted.includes(one)))
      missed.push(`${name} of ${stream}: ${JSON.stringify(breaks)}`)
    await restore(wanted)
  }
  expect(missed).toEqual([])
  expect(await verifyTrail(store)).toMatchObject({ intact: true, rows: STREAMS * ROWS })
})
