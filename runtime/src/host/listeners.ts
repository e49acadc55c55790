import type { Committed } from './commands.ts'

/** Who is told of what has been written. */
export class Listeners {
  readonly #all = new Set<(written: Committed) => void>()
  readonly #report: (what: string, error: unknown) => void

  constructor(report: (what: string, error: unknown) => void) {
    this.#report = report
  }

  /** Gives the function that takes the listener out again. */
  add(listener: (written: Committed) => void): () => void {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  /** Tells all of them; one that fails keeps nobody else from being told. */
  tell(written: Committed): void {
    for (const listener of this.#all) {
      try {
        listener(written)
      } catch (error) {
        this.#report('listener', error)
      }
    }
  }
}
