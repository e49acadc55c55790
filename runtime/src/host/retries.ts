import { isSuspended } from './refusal.ts'

const FIRST = 1_000
const LONGEST = 5 * 60_000
/** More than this many failing at once is one fault of the whole, not of each. */
const MOST = 10_000

interface Pause {
  /** When it failed: a clock that shows less has been set back, and nobody is to wait until it has caught up. */
  readonly since: number
  readonly notBefore: number
  readonly pause: number
}

/**
 * What failed for a reason of ours and is tried again later: twice the pause each time, up to five minutes. In memory: after a
 * restart everything is tried at once.
 */
export class Retries {
  readonly #waiting = new Map<string, Pause>()
  readonly #report: (what: string, error: unknown) => void

  constructor(report: (what: string, error: unknown) => void) {
    this.#report = report
  }

  get size(): number {
    return this.#waiting.size
  }

  isReady(what: string, now: number): boolean {
    const waiting = this.#waiting.get(what)
    return !waiting || waiting.notBefore <= now || now < waiting.since
  }

  failed(what: string, now: number, error: unknown): void {
    // It is passed over until its case is resumed, and is due at once then.
    if (isSuspended(error)) return
    const pause = Math.min(LONGEST, (this.#waiting.get(what)?.pause ?? FIRST / 2) * 2)
    if (this.#waiting.size < MOST || this.#waiting.has(what))
      this.#waiting.set(what, { since: now, notBefore: now + pause, pause })
    this.#report(what, error)
  }

  done(what: string): void {
    this.#waiting.delete(what)
  }

  /** Forgets what nobody has tried again though its pause is long over: its case has ended, or rests. */
  forgetGone(now: number): void {
    for (const [what, { notBefore }] of this.#waiting) if (notBefore + LONGEST < now) this.#waiting.delete(what)
  }
}
