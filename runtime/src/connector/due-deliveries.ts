import { and, asc, eq, gt, lte, min, notInArray } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { ofNoSuspendedCase } from '../db/suspended.ts'

/** Looks for deliveries that are due. */
export class DueDeliveries {
  readonly #store: Store
  /** Where the last look ended: every target comes first at some time. */
  #last = ''

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * Targets with something due, those after the one that came first last time before the rest. Walked from one to the
   * next by the index, so that ten thousand deliveries to one target cost what one does.
   */
  async targets(now: number): Promise<readonly string[]> {
    const { delivery } = this.#store.tables
    const found: string[] = []
    for (let after = ''; ; ) {
      const [next] = await this.#store.read
        .select({ target: min(delivery.target) })
        .from(delivery)
        .where(gt(delivery.target, after))
      if (!next?.target) break
      after = next.target
      const [earliest] = await this.#store.read
        .select({ dueAt: min(delivery.dueAt) })
        .from(delivery)
        .where(eq(delivery.target, after))
      if (earliest?.dueAt != null && earliest.dueAt <= now) found.push(after)
    }
    const at = found.findIndex((target) => target > this.#last)
    const turned = at <= 0 ? found : [...found.slice(at), ...found.slice(0, at)]
    this.#last = turned[0] ?? ''
    return turned
  }

  /** The deliveries to a target that are due, the longest due first, without those of `left` and of suspended cases. */
  async of(target: string, now: number, limit: number, left: readonly number[]): Promise<readonly Row<'delivery'>[]> {
    const { delivery } = this.#store.tables
    return this.#store.read
      .select()
      .from(delivery)
      .where(
        and(
          eq(delivery.target, target),
          lte(delivery.dueAt, now),
          notInArray(delivery.key, [0, ...left]),
          ofNoSuspendedCase(this.#store, delivery.key),
        ),
      )
      .orderBy(asc(delivery.dueAt), asc(delivery.key))
      .limit(limit)
  }
}
