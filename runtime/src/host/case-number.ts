import { and, eq } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { shanghaiYear } from './clock.ts'

export interface CaseNumber {
  /** `SY-2026-0001`: prefix, year in Asia/Shanghai, count of that year with at least four digits. */
  readonly text: string
  /** Takes it back, unless a later one has been given out meanwhile. */
  giveBack(): void
}

/** Gives out case numbers: rising, each once, per prefix and year. A number whose case was not written may leave a gap. */
export class CaseNumbers {
  readonly #store: Store
  readonly #last = new Map<string, Promise<{ last: number }>>()

  constructor(store: Store) {
    this.#store = store
  }

  /** The next number; null for a process without a prefix. */
  async next(prefix: string | null, at: number): Promise<CaseNumber | null> {
    if (prefix === null) return null
    const year = shanghaiYear(at)
    const name = `${prefix}-${year}`
    let counting = this.#last.get(name)
    if (!counting) {
      counting = this.#read(prefix, year)
      this.#last.set(name, counting)
      counting.catch(() => this.#last.delete(name))
    }
    const counter = await counting
    counter.last += 1
    const mine = counter.last
    return {
      text: `${name}-${String(mine).padStart(4, '0')}`,
      giveBack() {
        if (counter.last === mine) counter.last -= 1
      },
    }
  }

  async #read(prefix: string, year: number): Promise<{ last: number }> {
    const { caseCounter } = this.#store.tables
    const rows = await this.#store.read
      .select({ last: caseCounter.last })
      .from(caseCounter)
      .where(and(eq(caseCounter.prefix, prefix), eq(caseCounter.year, year)))
    return { last: rows[0]?.last ?? 0 }
  }
}
