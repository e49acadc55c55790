import { type Key, Rejection } from '@bihuan/engine'
import { eq } from 'drizzle-orm'
import type { Store } from '../../db/store.ts'
import type { Host } from '../../host/host.ts'
import type { Load } from '../load.ts'

/** How long a request waits that does not say (Camunda 8: ten seconds), and at most. */
const DEFAULT_WAIT_MS = 10_000
const MAX_WAIT_MS = 60_000
/** Requests that may wait at once; beyond, they are told at once to look the case up later. */
const MAX_WAITING = 256

/** Waits for cases to end, for those who start one and want its result. */
export class InstanceEnds {
  readonly #waiting = new Map<Key, Set<() => void>>()
  readonly #store: Store
  #count = 0

  /** Ends every wait when the server closes. */
  constructor(host: Pick<Host, 'onCommitted'>, store: Store, load: Pick<Load, 'onClose'>) {
    this.#store = store
    load.onClose(() => {
      for (const wakers of [...this.#waiting.values()]) for (const wake of [...wakers]) wake()
    })
    host.onCommitted(({ facts }) => {
      for (const { kind, key } of facts)
        if (kind === 'processInstance.completed' || kind === 'processInstance.terminated')
          for (const wake of [...(this.#waiting.get(key) ?? [])]) wake()
    })
  }

  /**
   * Answers when the case has completed. Throws `COMPLETION_AWAITED_TOO_LONG` after `timeout` milliseconds (0: ten
   * seconds; at most a minute) or when the asker is gone, `PROCESS_INSTANCE_ENDED` when it was terminated.
   */
  async completion(key: Key, timeout: number, signal: AbortSignal): Promise<void> {
    const limit = timeout > 0 ? Math.min(timeout, MAX_WAIT_MS) : DEFAULT_WAIT_MS
    // Listening before looking: what ends in between is not missed.
    const woken = this.#end(key, this.#count < MAX_WAITING ? limit : 0, signal)
    try {
      let state = await this.#stateOf(key)
      if (state === 'active' || state === 'suspended') {
        await woken.promise
        state = await this.#stateOf(key)
      }
      // It was there, and its start took effect.
      if (state === 'terminated') throw new Rejection('PROCESS_INSTANCE_ENDED', { status: state, awaited: true })
      if (state !== 'completed') throw new Rejection('COMPLETION_AWAITED_TOO_LONG', { key: String(key), limit })
    } finally {
      woken.stop()
    }
  }

  async #stateOf(key: Key) {
    const { processInstance: t } = this.#store.tables
    const [row] = await this.#store.read.select({ state: t.state }).from(t).where(eq(t.key, key)).limit(1)
    return row?.state
  }

  #end(key: Key, milliseconds: number, signal: AbortSignal) {
    let stop = () => {}
    this.#count += 1
    const promise = new Promise<void>((resolve) => {
      const timer = setTimeout(() => stop(), milliseconds)
      const wakers = this.#waiting.get(key) ?? new Set()
      stop = () => {
        if (!wakers.delete(stop)) return
        this.#count -= 1
        if (wakers.size === 0) this.#waiting.delete(key)
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        resolve()
      }
      wakers.add(stop)
      this.#waiting.set(key, wakers)
      signal.addEventListener('abort', stop)
    })
    return { promise, stop: () => stop() }
  }
}
