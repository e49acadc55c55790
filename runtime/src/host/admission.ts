import { Rejection } from '@bihuan/engine'
import type { WriterFigures } from './writer.ts'

/** What is taken in at once. */
export interface AdmissionLimits {
  /** Requests of callers that are being worked on. */
  readonly inFlight: number
  /** Bytes that wait to be written. */
  readonly queuedBytes: number
  /** How long the unit at the head of the queue may have been waiting, in ms, while others are still let in. */
  readonly queuedFor: number
}

export const ADMISSION: AdmissionLimits = { inFlight: 2_000, queuedBytes: 64 * 1024 * 1024, queuedFor: 2_000 }

/** Seconds after which who was turned away may come again: the queue it met has been written by then. */
const SECONDS = 2

/**
 * Lets callers in as long as they can be served soon. Who is turned away is turned away before anything is judged, so
 * that what has been let in finishes in a bounded time. What the host does by itself bounds itself and is not counted.
 */
export class Admission {
  readonly #limits: AdmissionLimits
  readonly #queue: () => WriterFigures
  #inFlight = 0
  #shed = 0

  constructor(limits: AdmissionLimits, queue: () => WriterFigures) {
    this.#limits = limits
    this.#queue = queue
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** How many have been turned away since the start. */
  get shed(): number {
    return this.#shed
  }

  /** Works for a caller. Throws `OVERLOADED` when too much is under way. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isFull()) {
      this.#shed += 1
      throw new Rejection('OVERLOADED', { seconds: SECONDS })
    }
    this.#inFlight += 1
    try {
      return await work()
    } finally {
      this.#inFlight -= 1
    }
  }

  #isFull(): boolean {
    const { inFlight, queuedBytes, queuedFor } = this.#limits
    if (this.#inFlight >= inFlight) return true
    const queue = this.#queue()
    return queue.queuedBytes >= queuedBytes || queue.queuedFor >= queuedFor
  }
}
