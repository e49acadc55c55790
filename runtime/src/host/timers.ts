import type { Actor, Key } from '@bihuan/engine'
import { asc, lte, sql } from 'drizzle-orm'
import { remove } from '../db/row-change.ts'
import type { Store } from '../db/store.ts'
import type { Answer, Clock, Submission } from './host.ts'
import type { OnPoint } from './kill-point.ts'
import { prepared } from './prepared.ts'
import { isRefusedForGood } from './refusal.ts'
import type { Retries } from './retries.ts'
import type { Writer } from './writer.ts'

const PAGE = 200
const actor: Actor = { type: 'system', id: 'timer' }

/**
 * Timers are rows: those due are found by looking, the oldest first, and fire by a command of their own. The command's
 * request id and the state of the case make it once, whoever finds the row again.
 */
export class Timers {
  readonly #clock: Clock
  readonly #writer: Writer
  readonly #submit: (submission: Submission<'timer.trigger'>) => Promise<Answer>
  readonly #retries: Retries
  readonly #point: OnPoint
  readonly #due

  constructor(given: {
    store: Store
    writer: Writer
    clock: Clock
    submit: (submission: Submission<'timer.trigger'>) => Promise<Answer>
    retries: Retries
    point: OnPoint
  }) {
    this.#clock = given.clock
    this.#writer = given.writer
    this.#submit = given.submit
    this.#retries = given.retries
    this.#point = given.point
    const { timer } = given.store.tables
    this.#due = prepared(
      'timers_due',
      given.store.read
        .select({ key: timer.key, dueAt: timer.dueAt })
        .from(timer)
        .where(lte(timer.dueAt, sql.placeholder('now')))
        .orderBy(asc(timer.dueAt), asc(timer.key))
        .limit(sql.placeholder('limit')),
    )
  }

  /** Fires a page of due timers. Gives how many it dealt with; those that failed are left for later. */
  async fireDue(): Promise<number> {
    const now = this.#clock.now()
    const due = await this.#due.execute({ now, limit: PAGE + this.#retries.size })
    const ready = due.filter(({ key }) => this.#retries.isReady(`timer:${key}`, now)).slice(0, PAGE)
    if (ready.length === 0) return 0
    this.#point('timer.found')
    const fired = await Promise.all(ready.map(({ key }) => this.#fire(key, now)))
    this.#point('timer.fired')
    return fired.filter(Boolean).length
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
