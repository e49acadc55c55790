import { Rejection } from '@bihuan/engine'

/** What the server takes on at once. */
export interface LoadLimits {
  /** Requests that are being worked on: their body is there, their answer is not. */
  readonly requests: number
  /** As many are always worked on at once, however slow they are. */
  readonly fewest: number
  /** Bodies that are being read; each may come from a slow line. */
  readonly bodies: number
  /** Bytes that those bodies have said they have. */
  readonly bodyBytes: number
}

export const LOAD: LoadLimits = { requests: 256, fewest: 64, bodies: 512, bodyBytes: 256 * 1024 * 1024 }

/** Seconds after which who was turned away may come again. */
const SECONDS = 2
/** Requests stand in a queue when even the quickest of those answered in this time, in ms, took so long. */
const WINDOW_MS = 500
const SLOW_MS = 500

/** What who is turned away is told. */
export const overloaded = (): Rejection => new Rejection('OVERLOADED', { seconds: SECONDS })

/**
 * Counts what the server is doing, and turns away what is too much before anything is done for it: accepted work is
 * finished in a bounded time, and the rest may come again. How much is too much depends on the machine: besides a fixed
 * bound, nobody is let in while the quickest answers are slow, which is how a queue that does not go away shows (the idea
 * of CoDel, RFC 8289).
 */
export class Load {
  readonly #limits: LoadLimits
  readonly #onClose = new Set<() => void>()
  readonly #now: () => number
  /** The quickest answer of the present window, and when that began. */
  #window = { since: 0, quickest: Number.POSITIVE_INFINITY }
  #isSlow = false
  #requests = 0
  #bodies = 0
  #bytes = 0
  #isClosing = false
  #shed = 0

  constructor(limits: LoadLimits = LOAD, now = () => performance.now()) {
    this.#limits = limits
    this.#now = now
  }

  /** Requests being worked on, bodies being read, and how many have been turned away since the start. */
  get figures(): { readonly requests: number; readonly bodies: number; readonly shed: number } {
    return { requests: this.#requests, bodies: this.#bodies, shed: this.#shed }
  }

  get isClosing(): boolean {
    return this.#isClosing
  }

  /** Takes nothing new from here on, and ends what only waits. */
  close(): void {
    this.#isClosing = true
    for (const end of [...this.#onClose]) end()
  }

  /** Has `end` called when the server closes; at once when it is closing already. */
  onClose(end: () => void): void {
    this.#onClose.add(end)
    if (this.#isClosing) end()
  }

  /** Whether a new request is taken. Throws `SHUTTING_DOWN`, `OVERLOADED`. */
  check(): void {
    if (this.#isClosing) throw new Rejection('SHUTTING_DOWN')
    if (this.#isFull) this.#refuse()
  }

  /** Works on a request. Throws `OVERLOADED`. */
  async work<T>(request: () => Promise<T>): Promise<T> {
    if (this.#isFull) this.#refuse()
    this.#requests += 1
    const begin = this.#now()
    try {
      return await request()
    } finally {
      this.#requests -= 1
      this.#answered(begin)
    }
  }

  /** Whether a request would be turned away that `more` others stand before. */
  isFullFor(more: number): boolean {
    const { requests, fewest } = this.#limits
    const busy = this.#requests + more
    return busy >= requests || (this.#isSlow && busy >= fewest)
  }

  get #isFull(): boolean {
    return this.isFullFor(0)
  }

  #answered(begin: number): void {
    const now = this.#now()
    this.#window.quickest = Math.min(this.#window.quickest, now - begin)
    if (now - this.#window.since < WINDOW_MS) return
    this.#isSlow = this.#window.quickest > SLOW_MS
    this.#window = { since: now, quickest: Number.POSITIVE_INFINITY }
  }

  /** Reads a body that has said to have so many bytes. Throws `OVERLOADED`. */
  async read<T>(bytes: number, body: () => Promise<T>): Promise<T> {
    const { bodies, bodyBytes } = this.#limits
    // A single body is bounded by its route: one that is alone is always read.
    if (this.#bodies >= bodies || (this.#bodies > 0 && this.#bytes + bytes > bodyBytes)) this.#refuse()
    this.#bodies += 1
    this.#bytes += bytes
    try {
      return await body()
    } finally {
      this.#bodies -= 1
      this.#bytes -= bytes
    }
  }

  /** Counts one that has been turned away before it came to this. */
  turnedAway(): void {
    this.#shed += 1
  }

  #refuse(): never {
    this.#shed += 1
    throw overloaded()
  }
}
