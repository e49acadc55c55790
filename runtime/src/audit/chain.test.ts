import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insert, upsert } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'
import { buildRow, emptyHead, payloadText, readRecords, readTexts } from './chain.ts'
import { ERASE } from './erased-lines.ts'
import { verifyTrail } from './verify.ts'

const actor = { type: 'person', id: 'p1' } as const
const STREAMS = [1024, 1025, 1026]
const ROWS = 8

/** A little trail: three streams of eight rows with one to three facts each. */
async function fill(store: Store): Promise<void> {
  for (const stream of STREAMS) {
    let head = emptyHead
    for (let i = 0; i < ROWS; i += 1) {
      const facts = Array.from({ length: 1 + (i % 3) }, (_, n) => ({ kind: 'f', key: n, version: 1, value: { i, n } }))
      const command = { kind: 'c', key: null, version: 1, value: { i }, at: i, actor, requestId: `r${i}` }
      const row = buildRow(stream, head, command, facts)
      head = row.head
      await store.write([
        {
          lock: insert('trail', row.trail),
          changes: [insert('payload', row.payload), upsert('stream', { stream, ...head, counter: 0 })],
          owner: null,
        },
      ])
    }
  }
}

let temporary: TemporaryHost
let store: Store
beforeAll(async () => {
  temporary = await temporaryHost()
  store = temporary.host.store
})
afterAll(() => temporary.remove())

beforeEach(async () => {
  for (const table of [store.tables.trail, store.tables.payload, store.tables.stream]) await store.single.delete(table)
  await fill(store)
})

const verify = () => verifyTrail(store)

describe('the chain', () => {
  it('is whole when nothing was changed, and gives the records back', async () => {
    expect(await verify()).toMatchObject({ intact: true, streams: 3, rows: 24, erased: 0, breaks: [] })
    const row = buildRow(
      1,
      emptyHead,
      { kind: 'c', key: 5, version: 1, value: { a: '\u0000\ud800' }, at: 1, actor, requestId: '' },
      [],
    )
    expect(readRecords(row.trail.heads, row.payload.records)).toEqual([
      { kind: 'c', key: 5, version: 1, value: { a: '\u0000\ud800' } },
    ])
  })

  it('T01 names the row of any single changed byte in 1,000 random mutations', { timeout: 120_000 }, async () => {
    const { trail, payload } = store.tables
    const rows = await store.read.select().from(trail)
    const payloads = await store.read.select().from(payload)
    const numbers = ['position', 'at'] as const
    const texts = ['actorType', 'actorId', 'requestId', 'kind', 'heads', 'previousHash', 'hash'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.nat(rows.length - 1),
        fc.nat(9),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        async (index, column, place, flip) => {
          const row = rows[index]!
          const here = and(eq(trail.stream, row.stream), eq(trail.sequence, row.sequence))
          if (column < numbers.length) {
            const name = numbers[column]!
            await store.single
              .update(trail)
              .set({ [name]: row[name] ^ flip })
              .where(here)
          } else if (column < 9) {
            const name = texts[column - numbers.length]!
            await store.single
              .update(trail)
              .set({ [name]: flipped(row[name], place, flip) })
              .where(here)
          } else {
            const found = payloads.find((one) => one.stream === row.stream && one.sequence === row.sequence)!
            await store.single
              .update(payload)
              .set({ records: flipped(found.records, place, flip) })
              .where(and(eq(payload.stream, row.stream), eq(payload.sequence, row.sequence)))
          }
          const { breaks } = await verifyTrail(store, row.stream)
          expect(breaks).toMatchObject([{ stream: row.stream, sequence: row.sequence }])
          await store.single.update(trail).set(row).where(here)
          const whole = payloads.find((one) => one.stream === row.stream && one.sequence === row.sequence)!
          await store.single
            .update(payload)
            .set(whole)
            .where(and(eq(payload.stream, row.stream), eq(payload.sequence, row.sequence)))
        },
      ),
      { numRuns: 1000 },
    )
    expect((await verify()).intact).toBe(true)
  })

  it('T01 names a deleted row, the last one too', async () => {
    const { trail } = store.tables
    await store.single.delete(trail).where(and(eq(trail.stream, 1024), eq(trail.sequence, 3)))
    await store.single.delete(trail).where(and(eq(trail.stream, 1025), eq(trail.sequence, ROWS)))
    await store.single.delete(trail).where(eq(trail.stream, 1026))
    expect((await verify()).breaks).toEqual([
      { stream: 1024, sequence: 3, fault: 'missing' },
      { stream: 1025, sequence: ROWS, fault: 'missing' },
      { stream: 1026, sequence: 1, fault: 'missing' },
    ])
  })

  it('T01 names an inserted row, rows that changed places, and a row moved to another stream', async () => {
    const { trail, payload } = store.tables
    const all = await store.read.select().from(trail)
    const at = (stream: number, sequence: number) =>
      all.find((row) => row.stream === stream && row.sequence === sequence)!
    const forged = buildRow(
      1024,
      { sequence: ROWS, hash: at(1024, ROWS).hash, records: 23 },
      { kind: 'c', key: null, version: 1, value: {}, at: 1, actor, requestId: '' },
      [],
    )
    await store.single.insert(trail).values(forged.trail)
    await store.single.insert(payload).values(forged.payload)
    await store.single
      .update(trail)
      .set({ ...at(1025, 4), sequence: 2 })
      .where(and(eq(trail.stream, 1025), eq(trail.sequence, 2)))
    await store.single
      .update(trail)
      .set({ stream: 1027 })
      .where(and(eq(trail.stream, 1026), eq(trail.sequence, ROWS)))
    await store.single.insert(payload).values({ stream: 1028, sequence: 1, records: '' })
    expect((await verify()).breaks).toEqual([
      { stream: 1024, sequence: ROWS + 1, fault: 'head' },
      { stream: 1025, sequence: 2, fault: 'hash' },
      { stream: 1026, sequence: ROWS, fault: 'missing' },
      { stream: 1027, sequence: 1, fault: 'missing' },
      { stream: 1028, sequence: 1, fault: 'payloadWithoutRow' },
    ])
  })

  it('names the successor of a row that was rewritten with a hash of its own', async () => {
    const { trail, payload } = store.tables
    const [second] = await store.read
      .select()
      .from(trail)
      .where(and(eq(trail.stream, 1024), eq(trail.sequence, 1)))
    const forged = buildRow(
      1024,
      { sequence: 1, hash: second!.hash, records: 2 },
      { kind: 'c', key: null, version: 1, value: { forged: true }, at: 1, actor, requestId: 'r1' },
      [
        { kind: 'f', key: 0, version: 1, value: {} },
        { kind: 'f', key: 1, version: 1, value: {} },
      ],
    )
    await store.single
      .update(trail)
      .set(forged.trail)
      .where(and(eq(trail.stream, 1024), eq(trail.sequence, 2)))
    await store.single
      .update(payload)
      .set(forged.payload)
      .where(and(eq(payload.stream, 1024), eq(payload.sequence, 2)))
    expect((await verify()).breaks).toEqual([{ stream: 1024, sequence: 3, fault: 'previousHash' }])
  })

  it('T06 names a record that was emptied, and counts one that an erasure says it has emptied', async () => {
    const { payload } = store.tables
    const here = and(eq(payload.stream, 1024), eq(payload.sequence, 2))
    const [row] = await store.read.select().from(payload).where(here)
    const texts = [...readTexts(row!.records)!]
    texts[1] = null
    await store.single
      .update(payload)
      .set({ records: payloadText(texts) })
      .where(here)
    expect((await verify()).breaks).toEqual([{ stream: 1024, sequence: 2, fault: 'payloadErased' }])
    const command = { kind: ERASE, key: null, version: 1, value: { lines: [[1024, 2, 1]] } }
    const said = buildRow(5, emptyHead, { ...command, at: 1, actor, requestId: 'e' }, [])
    const changes = [insert('trail', said.trail), insert('payload', said.payload)]
    await store.write([{ lock: insert('stream', { stream: 5, ...said.head, counter: 0 }), changes, owner: null }])
    expect(await verify()).toMatchObject({ intact: true, erased: 1 })
    texts.pop()
    await store.single
      .update(payload)
      .set({ records: payloadText(texts) })
      .where(here)
    expect((await verify()).breaks).toEqual([{ stream: 1024, sequence: 2, fault: 'payloadCount' }])
  })
})

/** The text with one byte changed, as somebody with an editor would; still text. */
function flipped(text: string, place: number, flip: number): string {
  const at = place % text.length
  const code = text.charCodeAt(at) ^ flip
  const changed = code === 0 || code === text.charCodeAt(at) ? 63 : code
  return text.slice(0, at) + String.fromCharCode(changed === text.charCodeAt(at) ? 33 : changed) + text.slice(at + 1)
}
