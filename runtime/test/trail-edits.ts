import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, asc, eq, gte } from 'drizzle-orm'
import { sealTrail } from '../bench/trail.ts'
import { buildRow, emptyHead, type Head } from '../src/audit/chain.ts'
import { verifyTrail } from '../src/audit/verify.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { insert } from '../src/db/row-change.ts'
import type { Row } from '../src/db/schema/index.ts'
import type { Store } from '../src/db/store.ts'

const STREAMS = 12
const ROWS = 9
const actor = { type: 'person', id: 'clerk' } as const

/** What an edit does to a sealed trail. */
type Kind = 'byte' | 'number' | 'delete' | 'deletePayload' | 'empty' | 'insert' | 'swap' | 'rewrite' | 'move'
const kinds: readonly Kind[] = [
  'byte',
  'byte',
  'byte',
  'number',
  'delete',
  'deletePayload',
  'empty',
  'insert',
  'swap',
  'rewrite',
  'move',
]

/** What came of a number of edits. */
export interface Edits {
  readonly edits: number
  /** Edits whose first bad row was named. */
  readonly found: number
  /** Edits by their kinds. */
  readonly byKind: { readonly [kind: string]: number }
  /** The first edits that were missed, or named with another row. */
  readonly missed: readonly string[]
}

/** A sequence of whole numbers below a bound, the same for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/**
 * Edits sealed rows of a trail at random, one edit at a time, as somebody would who can write to the database, and has
 * each verified and taken back: bytes of every column and of the payload, lines of it emptied, rows deleted, inserted, exchanged, moved to
 * another stream, or written anew with hashes that fit.
 */
export async function editTrail(count: number, seed: number): Promise<Edits> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-edits-'))
  const store = await openLibsqlStore(join(folder, 'trail.db'), { lock: true })
  try {
    await fill(store)
    await sealTrail(store, folder)
    const editor = new Editor(store, randomOf(seed))
    await editor.open()
    const byKind: { [kind: string]: number } = {}
    const missed: string[] = []
    let found = 0
    for (let i = 0; i < count; i += 1) {
      const { kind, stream, sequence, undo } = await editor.edit()
      byKind[kind] = (byKind[kind] ?? 0) + 1
      const { breaks } = await verifyTrail(store, stream)
      const named = breaks.find((one) => one.stream === stream)
      if (named?.sequence === sequence) found += 1
      else
        missed.push(
          `${kind} of row ${sequence} in stream ${stream}: ${named ? `row ${named.sequence}, ${named.fault}` : 'not found'}`,
        )
      await undo()
    }
    const { breaks } = await verifyTrail(store)
    if (breaks.length > 0) throw new Error(`Expected a whole trail in the end, but found ${JSON.stringify(breaks)}`)
    return { edits: count, found, byKind, missed: missed.slice(0, 10) }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const rowOf = (stream: number, head: Head, i: number) => {
  const facts = Array.from({ length: 1 + (i % 3) }, (_, n) => ({
    kind: 'f',
    key: n,
    version: 1,
    value: { i, text: '回执' },
  }))
  const command = { kind: 'c', key: null, version: 1, value: { i }, at: i, actor, requestId: `r${i}` }
  return buildRow(stream, head, command, facts, stream % 2 === 0 ? 'sha256' : 'sm3')
}

async function fill(store: Store): Promise<void> {
  for (let stream = 1024; stream < 1024 + STREAMS; stream += 1) {
    let head = emptyHead
    const changes = []
    for (let i = 0; i < ROWS; i += 1) {
      const row = rowOf(stream, head, i)
      head = row.head
      changes.push(insert('trail', row.trail), insert('payload', row.payload))
    }
    await store.write([{ lock: insert('stream', { stream, ...head, counter: 0 }), changes, owner: null }])
  }
}

/** An edit that was made: the first row it makes bad, and how it is taken back. */
interface Edit {
  readonly kind: Kind
  readonly stream: number
  readonly sequence: number
  readonly undo: () => Promise<void>
}

const TEXTS = ['actorType', 'actorId', 'requestId', 'kind', 'heads', 'previousHash', 'hash'] as const
const NUMBERS = ['position', 'at'] as const

class Editor {
  readonly #store: Store
  readonly #random: (below: number) => number
  #rows: readonly Row<'trail'>[] = []
  #payloads: readonly Row<'payload'>[] = []

  constructor(store: Store, random: (below: number) => number) {
    this.#store = store
    this.#random = random
  }

  async open(): Promise<void> {
    const { trail, payload } = this.#store.tables
    this.#rows = await this.#store.read.select().from(trail).orderBy(asc(trail.stream), asc(trail.sequence))
    this.#payloads = await this.#store.read.select().from(payload)
  }

  async edit(): Promise<Edit> {
    const kind = kinds[this.#random(kinds.length)]!
    const { stream, sequence } = this.#rows[this.#random(this.#rows.length)]!
    const first = await this.#apply(kind, stream, sequence)
    return { kind, stream, sequence: first, undo: () => this.#restore(stream) }
  }

  /** Makes the edit; gives the first row that is bad. */
  async #apply(kind: Kind, stream: number, sequence: number): Promise<number> {
    const { single, tables } = this.#store
    const { trail, payload } = tables
    const row = this.#rows.find((one) => one.stream === stream && one.sequence === sequence)!
    const here = and(eq(trail.stream, stream), eq(trail.sequence, sequence))
    const paid = and(eq(payload.stream, stream), eq(payload.sequence, sequence))
    switch (kind) {
      case 'number': {
        const name = NUMBERS[this.#random(NUMBERS.length)]!
        await single
          .update(trail)
          .set({ [name]: row[name] + 1 + this.#random(9) })
          .where(here)
        return sequence
      }
      case 'byte': {
        const column = this.#random(TEXTS.length + 1)
        const name = TEXTS[column]
        if (name)
          await single
            .update(trail)
            .set({ [name]: this.#changed(row[name]) })
            .where(here)
        else {
          const { records } = this.#payloads.find((one) => one.stream === stream && one.sequence === sequence)!
          await single
            .update(payload)
            .set({ records: this.#changed(records) })
            .where(paid)
        }
        return sequence
      }
      case 'delete':
        await single.delete(trail).where(here)
        await single.delete(payload).where(paid)
        return sequence
      case 'deletePayload':
        await single.delete(payload).where(paid)
        return sequence
      case 'empty': {
        const { records } = this.#payloads.find((one) => one.stream === stream && one.sequence === sequence)!
        const lines = records.split('\n')
        lines[this.#random(lines.length)] = ''
        await single
          .update(payload)
          .set({ records: lines.join('\n') })
          .where(paid)
        return sequence
      }
      case 'insert': {
        const last = this.#rows.findLast((one) => one.stream === stream)!
        const forged = rowOf(stream, this.#headAfter(last), this.#random(100))
        await single.insert(trail).values(forged.trail)
        await single.insert(payload).values(forged.payload)
        return ROWS + 1
      }
      case 'swap': {
        const other = sequence === ROWS ? sequence - 1 : sequence + 1
        const elsewhere = and(eq(trail.stream, stream), eq(trail.sequence, other))
        await single.update(trail).set({ sequence: 1000 }).where(here)
        await single.update(trail).set({ sequence }).where(elsewhere)
        await single
          .update(trail)
          .set({ sequence: other })
          .where(and(eq(trail.stream, stream), eq(trail.sequence, 1000)))
        return Math.min(sequence, other)
      }
      case 'rewrite':
        await this.#rewrite(stream, sequence)
        return sequence
      case 'move':
        await single.update(trail).set({ stream: 5000 }).where(here)
        return sequence
    }
  }

  /** Writes a row and all after it anew, with hashes, a payload and a head that fit: only the seal tells. */
  async #rewrite(stream: number, sequence: number): Promise<void> {
    const { single, tables } = this.#store
    const before = this.#rows.find((one) => one.stream === stream && one.sequence === sequence - 1)
    let head = before ? this.#headAfter(before) : emptyHead
    for (let i = sequence; i <= ROWS; i += 1) {
      const forged = rowOf(stream, head, i + 100)
      head = forged.head
      const { trail, payload } = tables
      await single
        .update(trail)
        .set(forged.trail)
        .where(and(eq(trail.stream, stream), eq(trail.sequence, i)))
      await single
        .update(payload)
        .set(forged.payload)
        .where(and(eq(payload.stream, stream), eq(payload.sequence, i)))
    }
    await single.update(tables.stream).set(head).where(eq(tables.stream.stream, stream))
  }

  #headAfter(row: Row<'trail'>): Head {
    return { sequence: row.sequence, hash: row.hash, records: row.position + JSON.parse(row.heads).length - 1 }
  }

  /** The text with one character changed to another. */
  #changed(text: string): string {
    const at = this.#random(text.length)
    const code = text.charCodeAt(at)
    const other = 33 + this.#random(90)
    return text.slice(0, at) + String.fromCharCode(other === code ? 127 : other) + text.slice(at + 1)
  }

  async #restore(stream: number): Promise<void> {
    const { single, tables } = this.#store
    const { trail, payload, stream: heads } = tables
    const rows = this.#rows.filter((one) => one.stream === stream)
    await single.delete(trail).where(eq(trail.stream, stream))
    await single.delete(trail).where(gte(trail.stream, 5000))
    await single.delete(payload).where(eq(payload.stream, stream))
    await single.insert(trail).values(rows)
    await single.insert(payload).values(this.#payloads.filter((one) => one.stream === stream))
    const { sequence, hash, records } = this.#headAfter(rows.at(-1)!)
    await single.update(heads).set({ sequence, hash, records }).where(eq(heads.stream, stream))
  }
}
