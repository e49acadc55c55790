import type { Actor, Key } from '@bihuan/engine'
import { and, asc, lte, notInArray, sql } from 'drizzle-orm'
import { prepared } from '../db/prepared.ts'
import { remove } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import { suspendedCases } from '../db/suspended.ts'
import type { Clock } from './clock.ts'
import type { OnPoint } from './kill-point.ts'
import { isRefusedForGood } from './refusal.ts'
import type { Retries } from './retries.ts'
import type { Answer, Submission } from './submission.ts'
import type { Writer } from './writer.ts'

const PAGE = 200
/** Timers that fire together: a share of a group of the writer, fewer while people wait to be written. */
const SLICE = 32
const SLICE_AMONG_PEOPLE = 8
const actor: Actor = { type: 'system', id: 'timer' }

/**
 * Timers are rows: those due are found by looking, the oldest first, and fire by a command of their own. The command's
 * request id and the state of the case make it once, whoever finds the row again. Many that are due at once fire in
 * small slices, so that people's commands come between them.
 */
export class Timers {
  readonly #clock: Clock
  readonly #writer: Writer
  readonly #submit: (submission: Submission<'timer.trigger'>) => Promise<Answer>
  readonly #retries: Retries
  readonly #point: OnPoint
  readonly #isStopped: () => boolean
  readonly #due

  constructor(given: {
    store: Store
    writer: Writer
    clock: Clock
    submit: (submission: Submission<'timer.trigger'>) => Promise<Answer>
    retries: Retries
    point: OnPoint
    isStopped: () => boolean
  }) {
    this.#clock = given.clock
    this.#writer = given.writer
    this.#submit = given.submit
    this.#retries = given.retries
    this.#point = given.point
    this.#isStopped = given.isStopped
    const { timer } = given.store.tables
    this.#due = prepared(
      'timers_due',
      given.store.read
        .select({ key: timer.key, dueAt: timer.dueAt })
        .from(timer)
        .where(
          and(lte(timer.dueAt, sql.placeholder('now')), notInArray(timer.instanceKey, suspendedCases(given.store))),
        )
        .orderBy(asc(timer.dueAt), asc(timer.key))
        .limit(sql.placeholder('limit')),
    )
  }

  /** Fires a page of due timers. Gives how many it dealt with; those that failed are left for later. */
  async fireDue(): Promise<number> {
    const now = this.#clock.now()
    const due = await this.#due.execute({ now, limit: PAGE + this.#retries.size })
    const ready = due.filter(({ key }) => this.#retries.isReady(`timer:${key}`, now)).slice(0, PAGE)
    let fired = 0
    for (let from = 0; from < ready.length && !this.#isStopped(); ) {
      const size = this.#writer.figures.queued > SLICE ? SLICE_AMONG_PEOPLE : SLICE
      const slice = ready.slice(from, from + size)
      from += slice.length
      this.#point('timer.found')
      const dealtWith = await Promise.all(slice.map(({ key }) => this.#fire(key, now)))
      this.#point('timer.fired')
      fired += dealtWith.filter(Boolean).length
    }
    return fired
  }

  async #fire(key: Key, now: number): Promise<boolean> {
    try {
      await this.#submit({ kind: 'timer.trigger', key, actor, requestId: `timer:${key}`, value: {} })
      this.#retries.done(`timer:${key}`)
      return true
    } catch (error) {
      if (isRefusedForGood(error)) {
        // The case knows no such timer: the row is a leftover.
        await this.#writer.write({ lock: null, changes: [remove('timer', { key })], owner: null })
        return true
      }
      this.#retries.failed(`timer:${key}`, now, error)
      return false
    }
  }
}
