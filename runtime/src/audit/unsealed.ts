import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { type Prepared, prepared } from '../db/prepared.ts'
import type { Store } from '../db/store.ts'

/** Streams looked through at once, and in one turn, for rows that nobody has told of. */
const PAGE = 1_000
const PAGES = 5
/** Streams are looked through again: rows of another server are found this way. */
const EVERY = 10 * 60_000

/** A row of the trail without a leaf. */
export interface UnsealedRow {
  readonly stream: number
  readonly sequence: number
  readonly hash: string
}

/** Rows of the trail that have no leaf yet: of streams one is told of, and found by looking through all from time to time. */
export class Unsealed {
  readonly #store: Store
  readonly #waiting = new Set<number>()
  #sweptTo = -1
  #sweptAt: number | null = null
  readonly #rows: Prepared<{ sequence: number; hash: string }[]>

  constructor(store: Store) {
    this.#store = store
    const { trail, leaf } = store.tables
    const here = sql.placeholder('stream')
    const sealed = sql`(select coalesce(max(${leaf.sequence}), 0) from ${leaf} where ${leaf.stream} = ${here})`
    this.#rows = prepared(
      'unsealed_rows',
      store.read
        .select({ sequence: trail.sequence, hash: trail.hash })
        .from(trail)
        .where(and(eq(trail.stream, here), gt(trail.sequence, sealed)))
        .orderBy(asc(trail.sequence))
        .limit(sql.placeholder('limit')),
    )
  }

  /** A stream that has, or may have, a new row. */
  note(stream: number): void {
    this.#waiting.add(stream)
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  /** Goes on looking through all streams: a bounded part, or to the end when `whole`. */
  async sweep(now: number, whole: boolean): Promise<void> {
    if (whole || (this.#sweptAt !== null && !(now >= this.#sweptAt && now - this.#sweptAt < EVERY))) {
      this.#sweptAt = null
      this.#sweptTo = -1
    }
    for (let i = 0; this.#sweptAt === null && (whole || i < PAGES); i += 1) {
      if (!(await this.#sweepPage())) this.#sweptAt = now
      await nextTurn()
    }
  }

  /** Gives whether there is more. */
  async #sweepPage(): Promise<boolean> {
    const { stream, leaf } = this.#store.tables
    const sealed = sql<number>`(select coalesce(max(${leaf.sequence}), 0) from ${leaf} where ${leaf.stream} = ${stream.stream})`
    const page = await this.#store.read
      .select({ stream: stream.stream, sequence: stream.sequence, sealed })
      .from(stream)
      .where(gt(stream.stream, this.#sweptTo))
      .orderBy(asc(stream.stream))
      .limit(PAGE)
    for (const one of page) if (one.sequence > Number(one.sealed)) this.#waiting.add(one.stream)
    this.#sweptTo = page.at(-1)?.stream ?? this.#sweptTo
    return page.length === PAGE
  }

  /**
   * Up to `limit` rows, those of a stream in their order. Their streams wait no longer, unless they are noted meanwhile or
   * have more: whoever cannot seal the rows notes them again.
   */
  async take(limit: number): Promise<readonly UnsealedRow[]> {
    const taken: UnsealedRow[] = []
    for (const stream of first(this.#waiting, limit)) {
      const room = limit - taken.length
      if (room === 0) break
      this.#waiting.delete(stream)
      const rows = await this.#rows.execute({ stream, limit: room })
      for (const row of rows) taken.push({ stream, ...row })
      if (rows.length === room) this.#waiting.add(stream)
    }
    return taken
  }
}

/** The first members of a set, as it is now. */
function first(set: ReadonlySet<number>, most: number): readonly number[] {
  const found: number[] = []
  for (const member of set) {
    if (found.length === most) break
    found.push(member)
  }
  return found
}
