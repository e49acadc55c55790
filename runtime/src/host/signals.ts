import type { Actor, Key, Variables } from '@bihuan/engine'
import { and, asc, eq, gt, lte, or, sql } from 'drizzle-orm'
import { remove } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import { isRefusedForGood, isSuspended } from './refusal.ts'
import { digestOf, type Requests } from './requests.ts'
import type { StartEvents } from './start-events.ts'
import type { Answer, Submission } from './submission.ts'
import type { SystemStream } from './system-stream.ts'
import type { Writer } from './writer.ts'

const PAGE = 200
const sender: Actor = { type: 'system', id: 'outbox' }

export interface SignalParts {
  readonly store: Store
  readonly stream: SystemStream
  readonly writer: Writer
  readonly requests: Requests
  readonly clock: Clock
  readonly startEvents: StartEvents
  readonly submit: (submission: Submission<'signal.trigger'>) => Promise<Answer>
}

/**
 * Signals: broadcast by cases or from outside, handed to everyone who waited for them at that moment, in every case, and
 * to the start events that do (Camunda 8, "signals").
 */
export class Signals {
  readonly #parts: SignalParts

  constructor(parts: SignalParts) {
    this.#parts = parts
  }

  /** Broadcasts from outside; the key is that of the signal. */
  async broadcast(
    scope: number,
    given: {
      readonly signalName: string
      readonly variables: Variables
      readonly actor: Actor
      readonly requestId: string
    },
  ): Promise<{ readonly key: Key }> {
    const { requests, clock, stream } = this.#parts
    const { signalName: name, variables, actor, requestId } = given
    const digest = digestOf(actor, 'broadcast', name, variables)
    const answer = await requests.once(scope, requestId, digest, async () => {
      const circumstances = { at: clock.now(), actor, requestId }
      const { facts, sequence } = await stream.append(circumstances, (newKey, row) => {
        const made = [systemFact('signal.broadcast', newKey(), { name, variables })]
        return {
          command: { kind: 'signal.broadcast', key: null, version: 1, value: { name } },
          facts: made,
          changes: [
            ...projectSystem(made, circumstances),
            requests.row(scope, requestId, digest, { stream: scope, sequence: row, at: circumstances.at }),
          ],
        }
      })
      return { stream: scope, sequence, facts: facts as unknown as Answer['facts'] }
    })
    return { key: answer.facts[0]!.key }
  }

  /**
   * Hands a signal on. What a repeat hands on again is answered from the first time. A case that cannot take it now keeps
   * it from nobody else.
   */
  async deliver(signalKey: Key): Promise<void> {
    const { store, writer, startEvents } = this.#parts
    const { signal } = store.tables
    const [found] = await store.read.select().from(signal).where(eq(signal.key, signalKey))
    if (!found) return
    let failed: PromiseRejectedResult | undefined
    for (let after = 0; ; ) {
      const waiting = await this.#waiting(found, after)
      const handed = await Promise.allSettled(waiting.map((key) => this.#trigger(found, key)))
      failed ??= handed.find((one) => one.status === 'rejected')
      if (waiting.length < PAGE) break
      after = waiting.at(-1)!
    }
    await startEvents.offerSignal(found)
    if (failed) throw failed.reason
    const changes = [
      remove('signal', { key: signalKey }),
      remove('outbox', { key: signalKey, kind: 'signal.broadcast' }),
    ]
    await writer.write({ lock: null, changes, owner: null })
  }

  /**
   * Who waited for it when it was broadcast: in the case that threw it those whose key is older, in others those opened
   * until then.
   */
  async #waiting({ key, name, broadcastAt }: Row<'signal'>, after: Key): Promise<readonly Key[]> {
    const { clock, store } = this.#parts
    const { read, tables } = store
    const { signalSubscription: t } = tables
    const block = 2 ** 20
    const own = Math.floor(key / block) * block
    const rows = await read
      .select({ key: t.key })
      .from(t)
      .where(
        and(
          eq(t.signalName, name),
          gt(t.key, after),
          // What shows a time to come was opened before the clock was set back.
          or(lte(t.createdAt, broadcastAt), gt(t.createdAt, clock.now())),
          or(sql`${t.key} < ${key}`, sql`${t.key} >= ${own + block}`),
        ),
      )
      .orderBy(asc(t.key))
      .limit(PAGE)
    return rows.map((row) => row.key)
  }

  async #trigger({ key: signalKey, name, variables }: Row<'signal'>, key: Key): Promise<void> {
    const requestId = `signal:${signalKey}:${key}`
    const value = { signalName: name, signalKey, variables }
    try {
      await this.#parts.submit({ kind: 'signal.trigger', key, actor: sender, requestId, value })
    } catch (error) {
      // It has closed meanwhile, or its case rests: a signal waits for nobody.
      if (isRefusedForGood(error) || isSuspended(error)) return
      throw error
    }
  }
}
