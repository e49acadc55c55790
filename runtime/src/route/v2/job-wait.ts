import type { Host } from '../../host/host.ts'
import type { Load } from '../load.ts'

/** A worker that waits asks again at least this often, and a server that stops is not held up. */
const MAX_WAIT_MS = 5_000
/** Requests that may wait at once; beyond, an empty answer comes at once. */
const MAX_WAITING = 256

/** What a worker waits for. */
export interface Wait<T> {
  readonly type: string
  /** Milliseconds, at most five seconds; 0 is as long as that, and less than 0 not at all (Camunda 8: "requestTimeout"). */
  readonly timeout: number
  /** Aborted when the asker is gone. */
  readonly signal: AbortSignal
  readonly ask: () => Promise<readonly T[]>
  /** Whether it asks for the jobs of all units: when it is given none, nobody else would be. */
  readonly isForAll: boolean
  /** Takes back what was lent to an asker who is gone by then. */
  readonly giveBack: (lent: readonly T[]) => Promise<void>
}

/** Facts by which a job may be free to be lent, now or at a time they name. */
const freeing = new Set(['job.created', 'job.failed', 'job.retriesUpdated'])

/** Those who wait for jobs of one type. */
interface Line {
  /** How each is woken, the longest waiting first, and the round in which he asked. */
  readonly waiting: Map<() => void, number>
  /** That of the last event. */
  round: number
}

/** Long polling: an answer without jobs is held back until some job of the type is free, for a while. */
export class JobWaits {
  readonly #host: Pick<Host, 'onCommitted' | 'nextJobAt' | 'clock'>
  /** By type of job. */
  readonly #lines = new Map<string, Line>()
  /** Grows with every event. */
  #round = 0
  #waiting = 0
  readonly #load: Pick<Load, 'isClosing'>

  /** Ends every wait when the server closes: an answer without jobs is asked again. */
  constructor(host: Pick<Host, 'onCommitted' | 'nextJobAt' | 'clock'>, load: Pick<Load, 'onClose' | 'isClosing'>) {
    this.#host = host
    this.#load = load
    load.onClose(() => {
      for (const { waiting } of [...this.#lines.values()]) for (const wake of [...waiting.keys()]) wake()
    })
    host.onCommitted(({ facts }) => {
      for (const { kind, value } of facts) {
        if (freeing.has(kind)) this.#wake((value as { readonly type: string }).type)
        // Which jobs a case has that rested is not told.
        if (kind === 'processInstance.resumed') for (const type of [...this.#lines.keys()]) this.#wake(type)
      }
    })
  }

  /** Asks until something comes, the time has passed or the asker is gone. */
  async until<T>(wait: Wait<T>): Promise<readonly T[]> {
    const { type, timeout, signal, giveBack } = wait
    const end = performance.now() + (timeout === 0 ? MAX_WAIT_MS : Math.min(timeout, MAX_WAIT_MS))
    for (;;) {
      if (signal.aborted) {
        this.#handOn(type)
        return []
      }
      // Listening before asking: what comes in between is not missed.
      const woken = this.#nextJob(type, signal)
      try {
        const asked = this.#host.clock.now()
        const found = await this.#ask(wait)
        if (signal.aborted && found.length > 0) {
          await giveBack(found)
          this.#wake(type)
          return []
        }
        const isOver = performance.now() >= end || this.#load.isClosing
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

  /** Asks; if there may be something left for others, the next asks too. */
  async #ask<T>({ type, ask, isForAll }: Wait<T>): Promise<readonly T[]> {
    let isNothingLeft = false
    try {
      const found = await ask()
      isNothingLeft = isForAll && found.length === 0
      return found
    } finally {
      if (!isNothingLeft) this.#handOn(type)
    }
  }

  /** Tells those who wait of something that may be free, one after the other: most often one takes it. */
  #wake(type: string): void {
    const line = this.#lines.get(type)
    if (!line) return
    this.#round += 1
    line.round = this.#round
    this.#handOn(type)
  }

  /** Wakes who has waited longest, unless he has asked since the last event: then all have. */
  #handOn(type: string): void {
    const line = this.#lines.get(type)
    const [first] = line?.waiting ?? []
    if (line && first && first[1] < line.round) first[0]()
  }

  #nextJob(type: string, signal: AbortSignal) {
    const line = this.#lines.get(type) ?? { waiting: new Map(), round: 0 }
    const { waiting } = line
    this.#lines.set(type, line)
    let timer: NodeJS.Timeout | null = null
    let stop = () => {}
    this.#waiting += 1
    const promise = new Promise<void>((resolve) => {
      stop = () => {
        if (!waiting.delete(stop)) return
        this.#waiting -= 1
        if (waiting.size === 0) this.#lines.delete(type)
        if (timer) clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        resolve()
      }
      waiting.set(stop, this.#round)
      signal.addEventListener('abort', stop)
    })
    const after = (milliseconds: number) => {
      if (waiting.has(stop)) timer = setTimeout(stop, Math.max(0, milliseconds))
    }
    return { promise, stop: () => stop(), after }
  }
}
