import { QueryPromise } from 'drizzle-orm/query-promise'
import type { Random } from '../faults/random.ts'

/** Turns of the event loop in which nobody waits, after which nobody is expected to any more. */
const STANDSTILL = 20_000

/** Decides who goes on next, of all who wait for a turn: the same seed, the same order. */
export class Interleaving {
  readonly #random: Random
  #waiting: (() => void)[] = []
  #isGiving = false

  constructor(random: Random) {
    this.#random = random
  }

  /** Waits for a turn, while they are given. */
  turn(): Promise<void> {
    return this.#isGiving ? new Promise((done) => this.#waiting.push(done)) : Promise.resolve()
  }

  /** Gives turns, one at a time, until the work has ended. Throws what it throws, and when it stands still. */
  async until<T>(begin: () => Promise<T>): Promise<T> {
    this.#isGiving = true
    const work = begin()
    let hasEnded = false
    const ended = () => {
      hasEnded = true
    }
    work.then(ended, ended)
    try {
      for (let idle = 0; !hasEnded; idle += 1) {
        await new Promise((next) => setImmediate(next))
        if (idle > STANDSTILL) throw new Error('Expected the host to answer, but it stands still')
        if (this.#waiting.length === 0) continue
        idle = 0
        const [next] = this.#waiting.splice(this.#random.between(0, this.#waiting.length - 1), 1)
        next?.()
      }
      return await work
    } finally {
      // Whoever still waits, and closing what stood still, goes on without turns.
      this.#isGiving = false
      for (const next of this.#waiting.splice(0)) next()
    }
  }
}

/**
 * Has every query that is awaited wait for a turn first, as it would for a database that answers later: what it finds is
 * what is there by then. Gives what takes that back.
 */
export function queriesTakeTurns(turn: () => Promise<void>): () => void {
  const promise = QueryPromise.prototype
  const original = promise.then
  // biome-ignore lint/suspicious/noThenProperty: a query runs when it is awaited.
  promise.then = function inTurn<T, A, B>(
    this: QueryPromise<T>,
    onDone?: ((value: T) => A | PromiseLike<A>) | null,
    onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return turn()
      .then(() => new Promise<T>((done, failed) => original.call(this, done as never, failed)))
      .then(onDone, onFailed)
  } as typeof promise.then
  return () => {
    // biome-ignore lint/suspicious/noThenProperty: a query runs when it is awaited.
    promise.then = original
  }
}
