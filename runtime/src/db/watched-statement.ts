import type { SafeStatement } from './libsql-connection.ts'
import { isStorageFailure } from './storage-error.ts'

/** A statement whose failures of the store are told: the connection it ran on is not to be used any more. */
export class WatchedStatement implements Pick<SafeStatement, 'run' | 'get' | 'all'> {
  readonly #statement: SafeStatement
  readonly #onFailure: (error: unknown) => void
  readonly reader: boolean

  constructor(statement: SafeStatement, onFailure: (error: unknown) => void) {
    this.#statement = statement
    this.#onFailure = onFailure
    this.reader = statement.reader
  }

  run(...parameters: unknown[]): unknown {
    return this.#watched(() => this.#statement.run(...parameters))
  }

  get(...parameters: unknown[]): unknown {
    return this.#watched(() => this.#statement.get(...parameters))
  }

  all(...parameters: unknown[]): unknown[] {
    return this.#watched(() => this.#statement.all(...parameters))
  }

  raw(on = true): this {
    this.#statement.raw(on)
    return this
  }

  #watched<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (isStorageFailure(error)) this.#onFailure(error)
      throw error
    }
  }
}
