import type { Host } from '../../host/host.ts'

/** A worker that waits asks again at least this often, and a server that stops is not held up. */
const MAX_WAIT_MS = 5_000
/** Requests that may wait at once; beyond, an empty answer comes at once. */
const MAX_WAITING = 256

/** Long polling: an answer without jobs is held back until some job has come, for a while. */
export class JobWaits {
  readonly #wakers = new Set<() => void>()

  constructor(host: Pick<Host, 'onCommitted'>) {
    host.onCommitted(({ facts }) => {
      if (facts.some((fact) => fact.kind.startsWith('job.'))) for (const wake of [...this.#wakers]) wake()
    })
  }

  /** Asks until something comes, `timeout` milliseconds have passed (at most five seconds) or the asker is gone. */
  async until<T>(timeout: number, signal: AbortSignal, ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const end = performance.now() + Math.min(timeout, MAX_WAIT_MS)
    for (;;) {
      // Listening before asking: what comes in between is not missed.
      const woken = this.#nextJob(end - performance.now(), signal)
      const found = await ask().catch((error: unknown) => {
        woken.stop()
        throw error
      })
      if (found.length > 0 || performance.now() >= end || signal.aborted || this.#wakers.size > MAX_WAITING) {
        woken.stop()
        return found
      }
      await woken.promise
    }
  }

  #nextJob(milliseconds: number, signal: AbortSignal): { readonly promise: Promise<void>; readonly stop: () => void } {
    let stop = () => {}
    const promise = new Promise<void>((resolve) => {
      const timer = setTimeout(() => stop(), Math.max(0, milliseconds))
      stop = () => {
        clearTimeout(timer)
        this.#wakers.delete(stop)
        signal.removeEventListener('abort', stop)
        resolve()
      }
      this.#wakers.add(stop)
      signal.addEventListener('abort', stop)
    })
    return { promise, stop: () => stop() }
  }
}
