import { limits } from './budget.ts'

/**
 * Counts the characters of one file's expressions: a thousand of them, each within its own bounds, would still hold
 * the process up for seconds. Past the limit the rest is not compiled.
 */
export class ExpressionMeter {
  #spent = 0
  readonly #tell: (facts: { readonly what: 'expressions'; readonly found: number; readonly limit: number }) => void

  /** @param tell told once, when the limit is passed: the facts of `RESOURCE_TOO_LARGE` */
  constructor(tell: (facts: { readonly what: 'expressions'; readonly found: number; readonly limit: number }) => void) {
    this.#tell = tell
  }

  /** Whether this one may still be compiled. */
  take(source: string): boolean {
    const before = this.#spent
    this.#spent += source.length
    if (this.#spent <= limits.file) return true
    if (before <= limits.file) this.#tell({ what: 'expressions', found: this.#spent, limit: limits.file })
    return false
  }
}
