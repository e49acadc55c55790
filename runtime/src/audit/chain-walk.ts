import type { Row } from '../db/schema/index.ts'
import { emptyHead, type Fault, type Head, verifyRow } from './chain.ts'
import type { IsErased } from './erased-lines.ts'

/** Where a chain breaks first. */
export interface Break {
  readonly stream: number
  readonly sequence: number
  readonly fault: Fault
}

/** A row of the trail with what lies beside it. */
export interface WalkedRow {
  readonly row: Row<'trail'>
  readonly records: string | null
  /** Hash the row had when it was sealed; null when it is not sealed. */
  readonly sealed: string | null
}

/**
 * Walks rows in the order of their streams and sequences and judges each by its own hash, its predecessor, its payload,
 * the leaf it was sealed as, and at the end of a stream by its head.
 */
export class ChainWalk {
  readonly #heads: ReadonlyMap<number, Head>
  readonly #breaks = new Map<number, Break>()
  readonly #seen = new Set<number>()
  /** Rows after the head as it was read: written meanwhile, or by somebody who did not move the head. */
  readonly #beyond = new Map<number, number>()
  #at: { stream: number; head: Head; isOpen: boolean } | null = null
  rows = 0
  erased = 0
  /** Rows that have a leaf. */
  sealed = 0

  /** Rows of archived streams that are still there, since their removal was cut off. */
  readonly #left = new Map<number, number>()
  readonly #archived: ReadonlyMap<number, unknown>

  readonly #isErased: IsErased

  constructor(
    heads: ReadonlyMap<number, Head>,
    isErased: IsErased,
    archived: ReadonlyMap<number, unknown> = new Map(),
  ) {
    this.#heads = heads
    this.#isErased = isErased
    this.#archived = archived
  }

  /** Rows of an archived stream that are still there. */
  left(stream: number): number {
    return this.#left.get(stream) ?? 0
  }

  get streams(): number {
    return this.#seen.size
  }

  /** Whether a row of the stream was taken. */
  hasSeen(stream: number): boolean {
    return this.#seen.has(stream)
  }

  /** No row of the stream can be taken, and this is why. */
  skip(stream: number, fault: Fault): void {
    this.#seen.add(stream)
    this.report(stream, 1, fault)
  }

  /** What was found so far, by stream. */
  get breaks(): readonly Break[] {
    return [...this.#breaks.values()].sort((a, b) => a.stream - b.stream)
  }

  /** Streams with rows after the head that was read, and the last of them. */
  get beyond(): ReadonlyMap<number, number> {
    return this.#beyond
  }

  report(stream: number, sequence: number, fault: Fault): void {
    const known = this.#breaks.get(stream)
    if (!known || sequence < known.sequence) this.#breaks.set(stream, { stream, sequence, fault })
  }

  take({ row, records, sealed }: WalkedRow): void {
    if (this.#archived.has(row.stream)) {
      this.#left.set(row.stream, this.left(row.stream) + 1)
      if (sealed !== row.hash) this.report(row.stream, row.sequence, 'leaf')
      return
    }
    if (this.#at?.stream !== row.stream) {
      this.#finish()
      this.#at = { stream: row.stream, head: emptyHead, isOpen: false }
      this.#seen.add(row.stream)
    }
    const at = this.#at!
    const head = this.#heads.get(row.stream)
    if (head && row.sequence > head.sequence) {
      this.#beyond.set(row.stream, row.sequence)
      return
    }
    this.rows += 1
    if (sealed !== null) this.sealed += 1
    if (this.#breaks.has(row.stream)) return
    const verdict = verifyRow(row, records, at.head, (index) => this.#isErased(row.stream, row.sequence, index))
    if (!verdict.ok) {
      this.report(row.stream, verdict.fault === 'missing' ? at.head.sequence + 1 : row.sequence, verdict.fault)
      return
    }
    at.head = verdict.head
    this.erased += verdict.erased
    if (sealed !== null && sealed !== row.hash) this.report(row.stream, row.sequence, 'leaf')
    // Rows of a stream are sealed in their order: one without a leaf is followed by none that has one.
    else if (sealed !== null && at.isOpen) this.report(row.stream, row.sequence - 1, 'unsealed')
    else if (sealed === null) at.isOpen = true
  }

  /** No row follows: judges the end of the last stream, and the streams that have no row at all. */
  end(): void {
    this.#finish()
    this.#at = null
    for (const [stream, head] of this.#heads)
      if (!this.#seen.has(stream) && head.sequence > 0) this.report(stream, 1, 'missing')
  }

  /** A row too many or too few shows at the end of the stream. */
  #finish(): void {
    if (!this.#at) return
    const { stream, head: found } = this.#at
    if (this.#breaks.has(stream)) return
    const head = this.#heads.get(stream)
    if (!head || head.sequence < found.sequence) this.report(stream, (head?.sequence ?? 0) + 1, 'head')
    else if (head.sequence > found.sequence) this.report(stream, found.sequence + 1, 'missing')
    else if (head.hash !== found.hash || head.records !== found.records) this.report(stream, head.sequence, 'head')
  }
}
