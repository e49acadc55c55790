import type { Host } from '../../host/host.ts'
import type { Load } from '../load.ts'

/** A worker that waits asks again at least this often, and a server that stops is not held up. */
const MAX_WAIT_MS = 5_000
/** Requests that may wait at once; beyond, an empty answer comes at once. */
const MAX_WAITING = 256

/** What a worker waits for. */
export interface Wait<T> {
  readonly type: string
  /** Milliseconds; at most five seconds. */
  readonly timeout: number
  /** Aborted when the asker is gone. */
  readonly signal: AbortSignal
  readonly ask: () => Promise<readonly T[]>
}

/** Facts by which a job may be free to be lent, now or at a time they name. */
const freeing = new Set(['job.created', 'job.failed', 'job.retriesUpdated'])

/** Long polling: an answer without jobs is held back until some job of the type is free, for a while. */
export class JobWaits {
  readonly #host: Pick<Host, 'onCommitted' | 'nextJobAt' | 'clock'>
  /** By type of job. */
  readonly #wakers = new Map<string, Set<() => void>>()
  #waiting = 0
  readonly #load: Pick<Load, 'isClosing'>

  /** Ends every wait when the server closes: an answer without jobs is asked again. */
  constructor(host: Pick<Host, 'onCommitted' | 'nextJobAt' | 'clock'>, load: Pick<Load, 'onClose' | 'isClosing'>) {
    this.#host = host
    this.#load = load
    load.onClose(() => {
      for (const type of [...this.#wakers.keys()]) this.#wake(type)
    })
    host.onCommitted(({ facts }) => {
      for (const { kind, value } of facts) {
        if (freeing.has(kind)) this.#wake((value as { readonly type: string }).type)
        // Which jobs a case has that rested is not told.
        if (kind === 'processInstance.resumed') for (const type of [...this.#wakers.keys()]) this.#wake(type)
      }
    })
  }

  /** Asks until something comes, the time has passed or the asker is gone. */
  async until<T>({ type, timeout, signal, ask }: Wait<T>): Promise<readonly T[]> {
    const end = performance.now() + Math.min(timeout, MAX_WAIT_MS)
    for (;;) {
      // Listening before asking: what comes in between is not missed.
      const woken = this.#nextJob(type, signal)
      try {
        const asked = this.#host.clock.now()
        const found = await ask()
        const isOver = performance.now() >= end || signal.aborted || this.#load.isClosing
        if (found.length > 0 || isOver || this.#waiting > MAX_WAITING) return found
        // Nobody tells when a loan or a pause is over: that time is known.
        const free = await this.#host.nextJobAt(type, asked)
        const pause = free === null ? MAX_WAIT_MS : Math.max(1, free - this.#host.clock.now())
        woken.after(Math.min(pause, end - performance.now()))
        await woken.promise
      } finally {
        woken.stop()
      }
    }
  }

  #wake(type: string): void {
    for (const wake of [...(this.#wakers.get(type) ?? [])]) wake()
  }

  #nextJob(type: string, signal: AbortSignal) {
    const wakers = this.#wakers.get(type) ?? new Set()
    this.#wakers.set(type, wakers)
    let timer: NodeJS.Timeout | null = null
    let stop = () => {}
    this.#waiting += 1
    const promise = new Promise<void>((resolve) => {
      stop = () => {
        if (!wakers.delete(stop)) return
        this.#waiting -= 1
        if (wakers.size === 0) this.#wakers.delete(type)
        if (timer) clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        resolve()
      }
      wakers.add(stop)
      signal.addEventListener('abort', stop)
    })
    const after = (milliseconds: number) => {
      if (wakers.has(stop)) timer = setTimeout(stop, Math.max(0, milliseconds))
    }
    return { promise, stop: () => stop(), after }
  }
}
