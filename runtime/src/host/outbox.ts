import type { Actor, Key } from '@bihuan/engine'
import { asc, lte, sql } from 'drizzle-orm'
import { remove } from '../db/row-change.ts'
import type { OutboxKind } from '../db/schema/outbox.ts'
import type { Store } from '../db/store.ts'
import type { Clock } from './host.ts'
import type { OnPoint } from './kill-point.ts'
import { prepared } from './prepared.ts'
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
  readonly #due

  constructor(given: {
    store: Store
    writer: Writer
    clock: Clock
    handlers: { readonly [K in OutboxKind]: OutboxHandler }
    retries: Retries
    point: OnPoint
  }) {
    this.#clock = given.clock
    this.#writer = given.writer
    this.#handlers = given.handlers
    this.#retries = given.retries
    this.#point = given.point
    const { outbox } = given.store.tables
    this.#due = prepared(
      'outbox_due',
      given.store.read
        .select()
        .from(outbox)
        .where(lte(outbox.dueAt, sql.placeholder('now')))
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
    for (const entry of ready) {
      this.#point('outbox.found')
      if (await this.#do(entry, now)) gone += 1
      this.#point('outbox.done')
    }
    return gone
  }

  async #do({ key, kind, mark }: { key: Key; kind: OutboxKind; mark: number }, now: number): Promise<boolean> {
    const what = `${kind}:${key}`
    try {
      const left = await this.#handlers[kind]({ key, mark })
      if (left === 'done') await this.#forget(key, kind)
      this.#retries.done(what)
      return true
    } catch (error) {
      if (isRefusedForGood(error)) {
        // What it was for has ended meanwhile.
        await this.#forget(key, kind)
        return true
      }
      this.#retries.failed(what, now, error)
      return false
    }
  }

  async #forget(key: Key, kind: OutboxKind): Promise<void> {
    await this.#writer.write({ lock: null, changes: [remove('outbox', { key, kind })], owner: null })
  }
}
