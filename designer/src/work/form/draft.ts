import type { DraftSaved } from '../../api/shapes.ts'

export type DraftStatus =
  | { readonly state: 'empty' }
  | { readonly state: 'restored' | 'saved'; readonly at: string }
  | { readonly state: 'saving' }
  /** Not on the server, but in this page: the network is gone, or the server would not take it. */
  | { readonly state: 'local' | 'failed' }

export interface DraftOptions {
  readonly save: (answers: Record<string, unknown>) => Promise<DraftSaved>
  readonly onStatus: (status: DraftStatus) => void
  /** Keeps the answers in this browser until the server has them; `forget` when it does. */
  readonly keep?: (answers: Record<string, unknown>) => Promise<void>
  readonly forget?: () => Promise<void>
  /** Whether a failed save means that no answer came. */
  readonly isLost: (error: unknown) => boolean
  /** Whether a failed save may succeed later, so that it is tried again. */
  readonly mayPass: (error: unknown) => boolean
  /** Quiet time after the last change before it is saved, milliseconds. */
  readonly delay?: number
  /** Quiet time before the answers are kept in this browser, milliseconds. */
  readonly soon?: number
  /** Time after which a save that may pass is tried again, milliseconds. */
  readonly again?: number
}

export interface Draft {
  changed(answers: Record<string, unknown>): void
  /** Saves what is not saved yet, at once. Resolves when it is saved or has failed. */
  flush(): Promise<void>
  /**
   * Saves nothing more until `resume`, and resolves when what was being saved has arrived: a draft that the server gets
   * after the answers would be there again the next time. What is kept here stays until they have arrived (`stop`).
   */
  pause(): Promise<void>
  /** Goes on after the answers were not taken. */
  resume(): void
  /** Whether something is not on the server yet. */
  readonly unsaved: boolean
  /** Nothing is saved any more: the answers were sent. */
  stop(): void
  /** Another draft goes on with what this one has not saved: gives that, and saves nothing any more; null when all is. */
  handOver(): Record<string, unknown> | null
}

/**
 * Keeps a draft on the server while a form is filled in: saves a moment after the last change, one save at a time, the
 * newest answers win, and a save that met no network is tried again.
 */
export function createDraft(options: DraftOptions): Draft {
  const { delay = 1500, soon = 250, again = 10_000 } = options
  let waiting: Record<string, unknown> | null = null
  /** What is on its way. */
  let sending: Record<string, unknown> | null = null
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let keeping: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let paused = false
  /** Keeping takes a while: what is forgotten meanwhile must not come back. */
  let kept: Promise<unknown> = Promise.resolve()

  function schedule(after: number): void {
    clearTimeout(timer)
    if (!stopped && !paused) timer = setTimeout(() => void flush(), after)
  }

  /** What this browser refuses to keep is still in the page, and on its way to the server. */
  function keepNow(): void {
    clearTimeout(keeping)
    keeping = undefined
    const answers = waiting
    if (answers) kept = kept.then(() => options.keep?.(answers)).catch(() => undefined)
  }

  function forget(): void {
    clearTimeout(keeping)
    keeping = undefined
    kept = kept.then(() => options.forget?.()).catch(() => undefined)
  }

  async function run(): Promise<void> {
    while (waiting && !stopped && !paused) {
      const answers = waiting
      waiting = null
      sending = answers
      options.onStatus({ state: 'saving' })
      try {
        const { savedAt } = await options.save(answers)
        if (!waiting && !stopped) {
          forget()
          options.onStatus({ state: 'saved', at: savedAt })
        }
      } catch (error) {
        waiting ??= answers
        if (!stopped) options.onStatus({ state: options.isLost(error) ? 'local' : 'failed' })
        if (options.mayPass(error)) schedule(again)
        return
      } finally {
        sending = null
      }
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    if (stopped) return Promise.resolve()
    if (keeping !== undefined) keepNow()
    if (paused) return running ?? Promise.resolve()
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  return {
    changed(answers) {
      waiting = answers
      schedule(delay)
      clearTimeout(keeping)
      if (!stopped) keeping = setTimeout(keepNow, soon)
    },
    flush,
    async pause() {
      paused = true
      clearTimeout(timer)
      if (keeping !== undefined) keepNow()
      await Promise.all([running, kept])
    },
    resume() {
      paused = false
      if (waiting) schedule(delay)
    },
    get unsaved() {
      return waiting !== null || running !== null
    },
    stop() {
      stopped = true
      waiting = null
      clearTimeout(timer)
      forget()
    },
    handOver() {
      const left = waiting ?? sending
      stopped = true
      waiting = null
      clearTimeout(timer)
      clearTimeout(keeping)
      return left
    },
  }
}
