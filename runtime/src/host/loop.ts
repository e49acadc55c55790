const POLL = 1_000

export interface LoopParts {
  /** Work that may be due, in the order it is done; each gives how much it has done. */
  readonly work: readonly (() => Promise<number>)[]
  /** Done when nothing is due any more. */
  readonly tidy: () => Promise<void>
  /** Done every second beside the work. */
  readonly look: () => Promise<void>
  /** Whether work is not to be begun now: the disk is nearly full, or another server writes. */
  readonly isPaused: () => boolean
  readonly report: (what: string, error: unknown) => void
}

/** Does what is due: every second, and at once when somebody has left work. */
export class Loop {
  readonly #parts: LoopParts
  #isStopped = false
  #isQueued = false
  #working: Promise<void> = Promise.resolve()
  #polling: NodeJS.Timeout | null = null
  #looking = false

  constructor(parts: LoopParts) {
    this.#parts = parts
  }

  /** Begins to look for work by itself. */
  poll(): void {
    this.#polling = setInterval(() => {
      this.kick()
      this.#look()
    }, POLL)
    this.#polling.unref()
    this.kick()
    this.#look()
  }

  /** One turn after the other; what is asked for while one waits is part of it. Resolves when nothing is due. */
  settle(): Promise<void> {
    this.#working = this.#working.then(() => this.#turn())
    const mine = this.#working
    this.#working = mine.catch((error: unknown) => this.#parts.report('settle', error))
    return mine
  }

  /** Asks for a turn soon; asked many times, there is one. */
  kick(): void {
    if (this.#isQueued || this.#isStopped) return
    this.#isQueued = true
    setImmediate(() => this.settle().catch(() => {}))
  }

  /** Begins nothing any more; resolves when what was begun is done. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#polling) clearInterval(this.#polling)
    await this.#working
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  async #turn(): Promise<void> {
    this.#isQueued = false
    const { work, tidy, isPaused } = this.#parts
    for (let done = 1; done > 0 && !this.#isStopped && !isPaused(); ) {
      done = 0
      for (const one of work) if (!this.#isStopped) done += await one()
    }
    if (!this.#isStopped && !isPaused()) await tidy()
  }

  #look(): void {
    if (this.#looking || this.#isStopped) return
    this.#looking = true
    const wasPaused = this.#parts.isPaused()
    this.#parts
      .look()
      .catch((error: unknown) => this.#parts.report('watch', error))
      .finally(() => {
        this.#looking = false
        if (wasPaused && !this.#parts.isPaused()) this.kick()
      })
  }
}
