import { and, asc, desc, eq, gt, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { ActivatedJob, Clock, Host } from './host.ts'
import { internalJobTypes } from './internal-jobs.ts'

/** Jobs lent to workers. One statement takes them, so no two workers get the same. */
export class JobLoans {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** Lends waiting jobs, those of the highest priority first, of these the oldest: `timeout` ms, at most `maxJobs` (1 to 1,000). */
  async lend(request: Parameters<Host['activateJobs']>[0]): Promise<readonly ActivatedJob[]> {
    const { job } = this.#store.tables
    const now = this.#clock.now()
    const limit = Math.max(1, Math.min(1000, request.maxJobs))
    const waiting = and(
      eq(job.type, request.type),
      notInArray(job.type, [...internalJobTypes]),
      inArray(job.state, ['created', 'failed']),
      gt(job.retries, 0),
      or(isNull(job.lentUntil), lte(job.lentUntil, now)),
      or(isNull(job.retryAt), lte(job.retryAt, now)),
      request.within && inArray(job.instanceKey, this.#casesWithin(request.within)),
    )
    const keys = this.#store.single
      .select({ key: job.key })
      .from(job)
      .where(waiting)
      .orderBy(desc(job.priority), asc(job.key))
      .limit(limit)
    const lentUntil = now + Math.max(0, request.timeout)
    const lent = await this.#store.single
      .update(job)
      .set({ worker: request.worker, lentUntil })
      .where(inArray(job.key, keys))
      .returning()
    return lent
      .sort((a, b) => b.priority - a.priority || a.key - b.key)
      .map((row) => ({ ...row, worker: request.worker, lentUntil }))
  }

  /** Cases of units at or below one of the paths. */
  #casesWithin(paths: readonly string[]) {
    const { processInstance } = this.#store.tables
    // Paths end with their own unit and a slash; `substr` takes `%` and `_` in ids as they are.
    const below = paths.map((path) => sql`substr(${processInstance.unitPath}, 1, ${path.length}) = ${path}`)
    return this.#store.single
      .select({ key: processInstance.key })
      .from(processInstance)
      .where(or(...below))
  }
}
