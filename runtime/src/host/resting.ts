import { type Key, Rejection } from '@bihuan/engine'
import { and, asc, eq, sql } from 'drizzle-orm'
import { emptyHead, type Head, readHeads, verifyRow } from '../audit/chain.ts'
import { readErasedLines } from '../audit/erased-lines.ts'
import { NotPackable, pack, type TrailLine, unpack } from '../audit/pack.ts'
import { isSealed } from '../audit/proof.ts'
import { packOf } from '../audit/stream-rows.ts'
import { prepared } from '../db/prepared.ts'
import { insert, type RowChange, remove } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import { detailsGone, detailsOf } from '../projection/detail.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import type { Instances } from './instances.ts'
import type { OnPoint } from './kill-point.ts'
import { hasWork, isWaiting } from './left-over.ts'
import { streamOf } from './live-instance.ts'
import type { Writer } from './writer.ts'

/** Whoever has asked for a case is likely to ask again: milliseconds for which it is not put to rest. */
const ASKED = 60 * 60_000
/** Cases of which it is known when they were asked for last. */
const REMEMBERED = 10_000
/** Larger cases are left as they are: one is put to rest, and woken, in one transaction. */
const MOST_ROWS = 2_000
const MOST_TEXT = 4 * 1024 * 1024

/** What putting to rest stands on. */
export interface RestingParts {
  readonly store: Store
  readonly writer: Writer
  /** Milliseconds on a clock that only goes on. */
  readonly steady: () => number
  /** Whether the trail is sealed: then rows rest only when a checkpoint proves them. */
  readonly isSealing: boolean
  readonly point: OnPoint
  /** What is in memory is awake. */
  readonly instances: () => Pick<Instances, 'isLive' | 'release'>
}

/**
 * Puts finished cases to rest, their rows packed into one value, and wakes them when somebody looks inside. Each is one
 * unit of the writer: a case is at rest or awake, never both, and never half.
 */
export class Resting {
  readonly #parts: RestingParts
  /** Streams that are just being put to rest or woken. */
  readonly #busy = new Map<number, Promise<unknown>>()
  /** When streams were asked for, the last one last. */
  readonly #asked = new Map<number, number>()
  readonly #find

  constructor(parts: RestingParts) {
    this.#parts = parts
    const { read, tables } = parts.store
    const { restingCase } = tables
    this.#find = prepared(
      'resting_case_of',
      read
        .select({ stream: restingCase.stream })
        .from(restingCase)
        .where(eq(restingCase.stream, sql.placeholder('stream'))),
    )
  }

  /**
   * Makes sure that a stream is not at rest, now and for the next hour: before anybody reads what is inside of a case.
   * Throws `CASE_PACK_DAMAGED`.
   */
  async wake(stream: number): Promise<void> {
    if (stream < FIRST_INSTANCE_STREAM) return
    this.#noteAsked(stream)
    const busy = this.#busy.get(stream)
    if (busy) {
      await busy.catch(() => {})
      return this.wake(stream)
    }
    if (this.#parts.instances().isLive(stream)) return
    const isResting = (await this.#find.execute({ stream })).length > 0
    if (!isResting) return
    if (this.#busy.has(stream)) return this.wake(stream)
    await this.#alone(stream, () => this.#wakeNow(stream))
  }

  /**
   * Puts a finished case to rest. Gives false when it stays as it is: somebody works on it, something is left to do, not
   * every row is sealed, its rows do not hold together, or it is too large.
   */
  async rest(key: Key): Promise<boolean> {
    const stream = streamOf(key)
    if (this.#busy.has(stream) || this.#isAsked(stream) || !this.#parts.instances().release(stream)) return false
    return this.#alone(stream, () => this.#restNow(stream, key))
  }

  #noteAsked(stream: number): void {
    this.#asked.delete(stream)
    this.#asked.set(stream, this.#parts.steady())
    if (this.#asked.size <= REMEMBERED) return
    for (const oldest of this.#asked.keys()) {
      this.#asked.delete(oldest)
      return
    }
  }

  #isAsked(stream: number): boolean {
    const at = this.#asked.get(stream)
    return at !== undefined && this.#parts.steady() - at < ASKED
  }

  async #alone<T>(stream: number, work: () => Promise<T>): Promise<T> {
    const mine = work()
    this.#busy.set(stream, mine)
    try {
      return await mine
    } finally {
      this.#busy.delete(stream)
    }
  }

  async #restNow(stream: number, key: Key): Promise<boolean> {
    const { store, point, isSealing } = this.#parts
    if (!(await this.#isOver(key)) || (await hasWork(store, stream)) || (await isWaiting(store, key))) return false
    if (isSealing && !(await isSealed(store, stream))) return false
    const lines = await this.#wholeRows(stream)
    if (!lines) return false
    const packed = packedRows(stream, lines)
    if (!packed) return false
    point('rest.packed')
    return this.#write(insert('restingCase', { stream, rows: lines.length, pack: packed }), [
      remove('trail', { stream }),
      remove('payload', { stream }),
      remove('snapshot', { stream }),
      ...detailsGone(key),
    ])
  }

  async #isOver(key: Key): Promise<boolean> {
    const { read, tables } = this.#parts.store
    const { processInstance } = tables
    const [found] = await read
      .select({ state: processInstance.state })
      .from(processInstance)
      .where(eq(processInstance.key, key))
    return found?.state === 'completed' || found?.state === 'terminated'
  }

  /** All rows of a stream, when they hold together and with their leaves, and are not too many; null otherwise. */
  async #wholeRows(stream: number): Promise<readonly TrailLine[] | null> {
    const { read, tables } = this.#parts.store
    const { trail, payload, leaf, stream: heads } = tables
    const [head] = await read.select().from(heads).where(eq(heads.stream, stream))
    if (!head || head.sequence > MOST_ROWS) return null
    const [size] = await read
      .select({ text: sql<number>`sum(length(${payload.records}))` })
      .from(payload)
      .where(eq(payload.stream, stream))
    if (Number(size?.text ?? 0) > MOST_TEXT) return null
    const rows = await read
      .select({ row: trail, records: payload.records, sealed: leaf.hash })
      .from(trail)
      .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
      .leftJoin(leaf, and(eq(leaf.stream, trail.stream), eq(leaf.sequence, trail.sequence)))
      .where(eq(trail.stream, stream))
      .orderBy(asc(trail.sequence))
    if (rows.some(({ row, sealed }) => sealed !== null && sealed !== row.hash)) return null
    const end = await this.#endOf(stream, rows)
    return end?.hash === head.hash && end.sequence === head.sequence && end.records === head.records ? rows : null
  }

  /** The head that rows make, one upon the other; null when one of them does not hold. */
  async #endOf(stream: number, rows: readonly TrailLine[]): Promise<Head | null> {
    const hasErased = rows.some(({ records }) => /^$/m.test(records))
    const isErased = hasErased ? await readErasedLines(this.#parts.store, { from: stream, to: stream }) : () => false
    let head = emptyHead
    for (const { row, records } of rows) {
      const verdict = verifyRow(row, records, head, (index) => isErased(stream, row.sequence, index))
      if (!verdict.ok) return null
      head = verdict.head
    }
    return head
  }

  async #wakeNow(stream: number): Promise<void> {
    const { store, point } = this.#parts
    const packed = await packOf(store, stream)
    if (!packed) return
    const lines = unpacked(stream, packed)
    const created = readHeads(lines[0]?.row.heads ?? '')?.find(([kind]) => kind === 'processInstance.created')
    const key = created?.[1] ?? null
    point('rest.unpacked')
    await this.#write(remove('restingCase', { stream }), [
      ...lines.flatMap(({ row, records }) => [
        insert('trail', row),
        insert('payload', { stream, sequence: row.sequence, records }),
      ]),
      ...(key === null ? [] : detailsGone(key)),
      ...(await detailsOf(store, stream, lines)),
    ])
  }

  async #write(lock: RowChange, changes: readonly RowChange[]): Promise<boolean> {
    const result = await this.#parts.writer.write({ lock, changes, owner: null })
    if (result.outcome === 'failed') throw result.error
    return result.outcome === 'written'
  }
}

/** The pack of a stream; null when its rows would not come back as they are. */
function packedRows(stream: number, lines: readonly TrailLine[]): Uint8Array | null {
  try {
    return pack(stream, lines)
  } catch (error) {
    if (error instanceof NotPackable) return null
    throw error
  }
}

function unpacked(stream: number, bytes: Uint8Array): readonly TrailLine[] {
  try {
    return unpack(stream, bytes)
  } catch {
    throw new Rejection('CASE_PACK_DAMAGED', { stream })
  }
}
