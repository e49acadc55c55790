import { StorageError } from '../db/storage-error.ts'
import type { Store, WriteResult, WriteUnit } from '../db/store.ts'

interface Waiting {
  readonly unit: WriteUnit
  readonly done: (result: WriteResult) => void
  readonly failed: (error: StorageError) => void
}

export interface Health {
  readonly status: 'up' | 'storage_unavailable'
  readonly reason: string | null
}

const GROUP = 128

/**
 * The one way in: units are queued and written in their order, many to a transaction (group commit). What arrives while
 * a group is being written goes into the next.
 */
export class Writer {
  readonly #store: Store
  readonly #limit: number
  #queue: Waiting[] = []
  #running: Promise<void> | null = null
  #health: Health = { status: 'up', reason: null }

  /** `limit` bounds the queue; above it a write is refused as unavailable instead of waiting without end. */
  constructor(store: Store, limit = 20_000) {
    this.#store = store
    this.#limit = limit
  }

  /** What the last group met. */
  get health(): Health {
    return this.#health
  }

  /** Queues a unit; resolves after the COMMIT of its group, throws `StorageError` when the group is not on disk. */
  write(unit: WriteUnit): Promise<WriteResult> {
    if (this.#queue.length >= this.#limit) return Promise.reject(new StorageError('QUEUE_FULL', null))
    return new Promise((done, failed) => {
      this.#queue.push({ unit, done, failed })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing is queued or being written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that everything that is ready now shares a group.
    await new Promise((turn) => setImmediate(turn))
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, GROUP)
      try {
        const results = await this.#store.write(group.map(({ unit }) => unit))
        this.#health = { status: 'up', reason: null }
        for (const [i, { done }] of group.entries()) done(results[i]!)
      } catch (error) {
        const storage = error instanceof StorageError ? error : new StorageError('UNKNOWN', error)
        this.#health = { status: 'storage_unavailable', reason: storage.code }
        for (const { unit, failed } of group) {
          if (unit.owner) unit.owner.failed = true
          failed(storage)
        }
      }
      if (this.#queue.length > 0) await new Promise((turn) => setImmediate(turn))
    }
    this.#running = null
  }
}
