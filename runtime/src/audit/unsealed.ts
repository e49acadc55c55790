import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { type Prepared, prepared } from '../db/prepared.ts'
import type { Store } from '../db/store.ts'

/** Streams looked through at once, and in one turn, for rows that nobody has told of. */
const PAGE = 1_000
const PAGES = 5
/** Streams whose rows are read by one query: most have one new row, and asking costs more than finding it. */
const TOGETHER = 32
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
  readonly #rows: Prepared<UnsealedRow[]>

  constructor(store: Store) {
    this.#store = store
    const { stream, trail, leaf } = store.tables
    const sealed = sql`(select coalesce(max(${leaf.sequence}), 0) from ${leaf} where ${leaf.stream} = ${stream.stream})`
    this.#rows = prepared(
      'unsealed_rows',
      store.read
        .select({ stream: trail.stream, sequence: trail.sequence, hash: trail.hash })
        .from(stream)
        .innerJoin(trail, and(eq(trail.stream, stream.stream), gt(trail.sequence, sealed)))
        .where(inArray(stream.stream, places.map(sql.placeholder)))
        .orderBy(asc(stream.stream), asc(trail.sequence))
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
    // Columns by their names: of a query over one table drizzle leaves out which table they are of.
    const sealed = sql<number>`(select coalesce(max(l.sequence), 0) from ${leaf} as l where l.stream = ${stream}.stream)`
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
    const streams = first(this.#waiting, limit)
    for (let from = 0; from < streams.length && taken.length < limit; from += TOGETHER) {
      const some = streams.slice(from, from + TOGETHER)
      const room = limit - taken.length
      for (const stream of some) this.#waiting.delete(stream)
      const rows = await this.#rows.execute({ ...placed(some), limit: room })
      for (const row of rows) taken.push(row)
      if (rows.length < room) continue
      // Those that come after the last row in the order of the query have not been looked at to their end.
      const last = rows.at(-1)!.stream
      for (const stream of some) if (stream >= last) this.#waiting.add(stream)
    }
    return taken
  }
}

const places = Array.from({ length: TOGETHER }, (_, i) => `stream${i}`)

/** Streams in their places of the query; what is left over names none. */
const placed = (streams: readonly number[]): { readonly [place: string]: number } =>
  Object.fromEntries(places.map((place, i) => [place, streams[i] ?? -1]))

/** The first members of a set, as it is now. */
function first(set: ReadonlySet<number>, most: number): readonly number[] {
  const found: number[] = []
  for (const member of set) {
    if (found.length === most) break
    found.push(member)
  }
  return found
}
