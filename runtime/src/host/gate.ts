import { Rejection } from '@bihuan/engine'
import { storageErrorOf } from '../db/storage-error.ts'
import type { Admission } from './admission.ts'
import { storageRefusal } from './refusal.ts'
import type { Room } from './room.ts'

/** The way into the host for callers. What the store fails with comes out as the refusal a caller understands. */
export class Gate {
  readonly #admission: Admission
  readonly #room: Room
  #isClosed = false

  constructor(admission: Admission, room: Room) {
    this.#admission = admission
    this.#room = room
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Lets nobody in any more; who is in goes on. */
  close(): void {
    this.#isClosed = true
  }

  /** Whether something new may begin. Throws `SHUTTING_DOWN`, `STORAGE_FULL`. */
  check(): void {
    if (this.#isClosed) throw new Rejection('SHUTTING_DOWN')
    this.#room.check()
  }

  /** For what is new. Throws `SHUTTING_DOWN`, `STORAGE_FULL`, `STORAGE_UNAVAILABLE`, `OVERLOADED`. */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    this.check()
    try {
      return await this.#admission.run(work)
    } catch (error) {
      throw understood(error)
    }
  }

  /** For reads, and for records that must not be missing when the disk is nearly full. Throws `SHUTTING_DOWN`. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Rejection('SHUTTING_DOWN')
    try {
      return await work()
    } catch (error) {
      throw understood(error)
    }
  }
}

/** What the store fails with as the refusal a caller understands; all else as it is. */
function understood(error: unknown): unknown {
  const storage = storageErrorOf(error)
  return storage ? storageRefusal(storage) : error
}
