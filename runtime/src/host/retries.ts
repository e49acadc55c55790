const FIRST = 1_000
const LONGEST = 5 * 60_000
/** More than this many failing at once is one fault of the whole, not of each. */
const MOST = 10_000

/**
 * What failed for a reason of ours and is tried again later: twice the pause each time, up to five minutes. In memory: after a
 * restart everything is tried at once.
 */
export class Retries {
  readonly #waiting = new Map<string, { readonly notBefore: number; readonly pause: number }>()
  readonly #report: (what: string, error: unknown) => void

  constructor(report: (what: string, error: unknown) => void) {
    this.#report = report
  }

  get size(): number {
    return this.#waiting.size
  }

  isReady(what: string, now: number): boolean {
    const waiting = this.#waiting.get(what)
    return !waiting || waiting.notBefore <= now
  }

  failed(what: string, now: number, error: unknown): void {
    const pause = Math.min(LONGEST, (this.#waiting.get(what)?.pause ?? FIRST / 2) * 2)
    if (this.#waiting.size < MOST || this.#waiting.has(what)) this.#waiting.set(what, { notBefore: now + pause, pause })
    this.#report(what, error)
  }

  done(what: string): void {
    this.#waiting.delete(what)
  }
}
