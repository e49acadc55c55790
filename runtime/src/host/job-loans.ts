import type { Variables } from '@bihuan/engine'
import {
  and,
  asc,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  inArray,
  isNull,
  lte,
  min,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { JobState } from '../db/schema/job.ts'
import type { Store } from '../db/store.ts'
import { suspendedCases } from '../db/suspended.ts'
import type { Clock } from './clock.ts'
import type { ActivatedJob, Host } from './host.ts'
import { isBuiltIn } from './internal-jobs.ts'

/** States of a job that waits for a worker: never tried, or failed with retries left. */
const open: readonly JobState[] = ['created', 'failed']

/** Bytes of variables after which no further job is lent in one answer (as Camunda 8, whose messages hold 4 MB). */
const BYTES = 4 * 1024 * 1024

/** Jobs lent to workers. One statement takes them, so no two workers get the same. */
export class JobLoans {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /**
   * Lends waiting jobs, those of the highest priority first, of these the oldest: `timeout` ms, at most `maxJobs` (1
   * to 1,000). Fewer when their variables are large: the rest can be asked for at once.
   */
  async lend(request: Parameters<Host['activateJobs']>[0]): Promise<readonly ActivatedJob[]> {
    if (isBuiltIn(request.type)) return []
    const { job } = this.#store.tables
    const now = this.#clock.now()
    const limit = Math.max(1, Math.min(1000, request.maxJobs))
    const lentUntil = now + Math.max(0, request.timeout)
    const lent = await this.#store.single
      .update(job)
      .set({ worker: request.worker, lentUntil })
      // On PostgreSQL somebody may have lent one since it was found: a row is judged anew when its lock is had.
      .where(and(sql`${job.key} in ${this.#first(request, now, limit)}`, this.#isFree(now)))
      .returning(this.#columns(request.variables))
    return lent
      .sort((a, b) => b.priority - a.priority || a.key - b.key)
      .map((row) => ({
        ...row,
        variables: picked(row.variables, request.variables),
        worker: request.worker,
        lentUntil,
      }))
  }

  /** Ends the loan of jobs that `lend` gave together; what has been lent anew since stays lent. */
  async giveBack(lent: readonly ActivatedJob[]): Promise<void> {
    const [first] = lent
    if (!first) return
    const { job } = this.#store.tables
    const keys = lent.map(({ key }) => key)
    await this.#store.single
      .update(job)
      .set({ worker: null, lentUntil: null })
      .where(and(inArray(job.key, keys), eq(job.worker, first.worker), eq(job.lentUntil, first.lentUntil)))
  }

  /** Columns of a job, its variables cut down to those named: a worker that needs one does not read a case's worth. */
  #columns(names: readonly string[] | undefined) {
    const { job } = this.#store.tables
    const columns = getTableColumns(job)
    // SQLite 3.45 finds no member by a path with a quotation mark in its name.
    if (names === undefined || names.some((name) => name.includes('"'))) return columns
    const isNamed = names.length === 0 ? sql`false` : sql`e.key in ${names}`
    const cut =
      this.#store.dialect === 'libsql'
        ? sql`(select json_group_object(e.key, ${job.variables} -> e.fullkey) from json_each(${job.variables}) as e where ${isNamed})`
        : sql`(select coalesce(json_object_agg(e.key, e.value)::text, '{}') from json_each(${job.variables}::json) as e where ${isNamed})`
    return { ...columns, variables: cut.mapWith(job.variables) as SQL<Variables> }
  }

  /**
   * When the next job of a type comes free by itself after a time: a pause after a failure or a loan is over. Null when
   * none will. One that was free by then and was not lent is not for whoever asked: its case rests, or is of other units.
   */
  async nextAt(type: string, after: number): Promise<number | null> {
    const { job } = this.#store.tables
    const free = sql<number>`max(coalesce(${job.lentUntil}, 0), coalesce(${job.retryAt}, 0))`
    const at = this.#store.dialect === 'libsql' ? free : sql<number>`greatest(${job.lentUntil}, ${job.retryAt}, 0)`
    const [next] = await this.#store.read
      .select({ at: min(at) })
      .from(job)
      .where(and(eq(job.type, type), inArray(job.state, [...open]), gt(job.retries, 0), gt(at, after)))
    return next?.at == null ? null : Number(next.at)
  }

  /**
   * Lends a job that is lent now for `timeout` ms from now. Gives what takes that back, for as long as nothing else came
   * of the loan; null when the job is not lent (any more): somebody else may have it.
   */
  async extend(key: number, timeout: number): Promise<(() => Promise<void>) | null> {
    const { single, read, tables } = this.#store
    const { job } = tables
    const now = this.#clock.now()
    const lentUntil = now + timeout
    const [before] = await read.select({ lentUntil: job.lentUntil }).from(job).where(eq(job.key, key))
    const extended = await single
      .update(job)
      .set({ lentUntil })
      .where(and(eq(job.key, key), inArray(job.state, [...open]), gt(job.lentUntil, now)))
      .returning({ key: job.key })
    if (!before || extended.length === 0) return null
    return async () => {
      await single
        .update(job)
        .set(before)
        .where(and(eq(job.key, key), eq(job.lentUntil, lentUntil)))
    }
  }

  #isFree(now: number): SQL | undefined {
    const { job } = this.#store.tables
    return or(isNull(job.lentUntil), lte(job.lentUntil, now))
  }

  /**
   * Keys of the jobs that come first, as a query. State by state, so that each is read in the order of its index and
   * not beyond what is asked for: a hundred thousand that wait cost what a hundred do.
   */
  #first(request: Parameters<Host['activateJobs']>[0], now: number, limit: number): SQL {
    const { job } = this.#store.tables
    const ofState = (state: JobState) =>
      this.#store.single
        .select({
          key: sql<number>`${job.key}`.as('key'),
          priority: sql<number>`${job.priority}`.as('priority'),
          size: sql<number>`octet_length(${job.variables})`.as('size'),
        })
        .from(job)
        .where(
          and(
            eq(job.type, request.type),
            eq(job.state, state),
            gt(job.retries, 0),
            this.#isFree(now),
            or(isNull(job.retryAt), lte(job.retryAt, now)),
            notInArray(job.instanceKey, suspendedCases(this.#store)),
            request.within && exists(this.#caseWithin(request.within)),
          ),
        )
        .orderBy(desc(job.priority), asc(job.key))
        .limit(limit)
    const each = open.map((state) => sql`select * from ${ofState(state)} as ${sql.identifier(state)}`)
    const all = sql.join(each, sql` union all `)
    const first = sql`select * from (${all}) as waiting order by "priority" desc, "key" limit ${limit}`
    const before = sql`sum("size") over (order by "priority" desc, "key") - "size"`
    const summed = sql`select "key", ${before} as "before" from (${first}) as waiting`
    return sql`(select "key" from (${summed}) as waiting where "before" < ${BYTES})`
  }

  /** The case of a job when it is of a unit at or below one of the paths: looked up by its key, however many cases there are. */
  #caseWithin(paths: readonly string[]) {
    const { job, processInstance } = this.#store.tables
    // Paths end with their own unit and a slash; `substr` takes `%` and `_` in ids as they are.
    // One condition for those of one length: a thousand of them would nest deeper than SQLite goes.
    const below = [...new Set(paths.map(lengthOf))].map((length) => {
      const those = paths.filter((path) => lengthOf(path) === length)
      return sql`substr(${processInstance.unitPath}, 1, ${length}) in ${those}`
    })
    return this.#store.single
      .select({ key: processInstance.key })
      .from(processInstance)
      .where(and(eq(processInstance.key, job.instanceKey), or(...below)))
  }
}

/** Characters as both databases count them. */
const lengthOf = (path: string): number => [...path].length

function picked(variables: Variables, names: readonly string[] | undefined): Variables {
  if (names === undefined) return variables
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)))
}
