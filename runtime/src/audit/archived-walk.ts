import type { ArchivedStream } from './archived.ts'
import type { ChainWalk } from './chain-walk.ts'

/**
 * Takes the leaves of rows that are gone, in the order of their streams, and judges those of archived streams: each row
 * that was moved to a package has one, and the last is the hash the record of the move names.
 */
export class ArchivedWalk {
  readonly #archived: ReadonlyMap<number, ArchivedStream>
  readonly #walk: ChainWalk
  readonly #counts = new Map<number, number>()

  constructor(archived: ReadonlyMap<number, ArchivedStream>, walk: ChainWalk) {
    this.#archived = archived
    this.#walk = walk
  }

  /** Gives whether the row of a leaf may be gone. */
  take({
    stream,
    sequence,
    hash,
  }: {
    readonly stream: number
    readonly sequence: number
    readonly hash: string
  }): boolean {
    const moved = this.#archived.get(stream)
    if (!moved || sequence > moved.rows) return false
    this.#counts.set(stream, (this.#counts.get(stream) ?? 0) + 1)
    if (sequence === moved.rows && hash !== moved.hash) this.#walk.report(stream, sequence, 'leaf')
    return true
  }

  /** No leaf follows: judges whether all were there. Rows whose removal was cut off have theirs beside them. */
  end(): void {
    for (const [stream, { rows }] of this.#archived) {
      const found = (this.#counts.get(stream) ?? 0) + this.#walk.left(stream)
      if (found !== rows) this.#walk.report(stream, Math.min(found, rows) + 1, 'unsealed')
    }
  }
}
