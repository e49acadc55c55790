import type { Actor, Key } from '@bihuan/engine'
import { and, asc, eq, lte, or, sql } from 'drizzle-orm'
import { prepared } from '../db/prepared.ts'
import { type RowChange, remove } from '../db/row-change.ts'
import type { OutboxKind } from '../db/schema/outbox.ts'
import type { Store } from '../db/store.ts'
import { ofNoSuspendedCase } from '../db/suspended.ts'
import type { Clock } from './clock.ts'
import type { OnPoint } from './kill-point.ts'
import { isRefusedForGood } from './refusal.ts'
import type { Retries } from './retries.ts'
import type { Writer } from './writer.ts'

const PAGE = 200

/** Who acts when the outbox does. */
export const outboxActor: Actor = { type: 'system', id: 'outbox' }

/** Does one entry. The command it sends removes the entry in the same transaction, or `done` says that nothing does. */
export type OutboxHandler = (entry: { readonly key: Key; readonly mark: number }) => Promise<'removed' | 'done'>

/** What records have left to do: each entry is done at least once, its command takes effect exactly once. */
export class Outbox {
  readonly #clock: Clock
  readonly #writer: Writer
  readonly #handlers: { readonly [K in OutboxKind]: OutboxHandler }
  readonly #retries: Retries
  readonly #point: OnPoint
  readonly #isStopped: () => boolean
  readonly #due

  constructor(given: {
    store: Store
    writer: Writer
    clock: Clock
    handlers: { readonly [K in OutboxKind]: OutboxHandler }
    retries: Retries
    point: OnPoint
    isStopped: () => boolean
  }) {
    this.#clock = given.clock
    this.#writer = given.writer
    this.#handlers = given.handlers
    this.#retries = given.retries
    this.#point = given.point
    this.#isStopped = given.isStopped
    const { outbox } = given.store.tables
    this.#due = prepared(
      'outbox_due',
      given.store.read
        .select()
        .from(outbox)
        // What a case has thrown goes out, also when the case rests by then.
        .where(
          and(
            lte(outbox.dueAt, sql.placeholder('now')),
            or(eq(outbox.kind, 'signal.broadcast'), ofNoSuspendedCase(given.store, outbox.key)),
          ),
        )
        .orderBy(asc(outbox.dueAt), asc(outbox.key))
        .limit(sql.placeholder('limit')),
    )
  }

  /** Does a page of what is due. Gives how many entries are gone. */
  async drain(): Promise<number> {
    const now = this.#clock.now()
    const due = await this.#due.execute({ now, limit: PAGE + this.#retries.size })
    const ready = due.filter(({ key, kind }) => this.#retries.isReady(`${kind}:${key}`, now)).slice(0, PAGE)
    let gone = 0
    // Forgotten together: what is forgotten too late is done once more, and has no further effect.
    const done: RowChange[] = []
    for (const entry of ready) {
      if (this.#isStopped()) break
      const { key, kind, mark } = entry
      this.#point('outbox.found')
      const left = await this.#do(entry, now)
      if (left === 'done') done.push(remove('outbox', { key, kind, mark }))
      if (left !== 'failed') gone += 1
      this.#point('outbox.done')
    }
    if (done.length > 0) await this.#writer.write({ lock: null, changes: done, owner: null })
    return gone
  }

  async #do(
    { key, kind, mark }: { key: Key; kind: OutboxKind; mark: number },
    now: number,
  ): Promise<'removed' | 'done' | 'failed'> {
    const what = `${kind}:${key}`
    try {
      const left = await this.#handlers[kind]({ key, mark })
      this.#retries.done(what)
      return left
    } catch (error) {
      // What it was for has ended meanwhile.
      if (isRefusedForGood(error)) return 'done'
      this.#retries.failed(what, now, error)
      return 'failed'
    }
  }
}
