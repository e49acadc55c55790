import { type Actor, type Key, Rejection, type Variables } from '@bihuan/engine'
import { and, asc, eq, gt, lte, notExists, sql } from 'drizzle-orm'
import { remove } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Answer, Clock, Host, Submission } from './host.ts'
import { inTurn } from './in-turn.ts'
import { isRefusedForGood } from './refusal.ts'
import { digestOf, type Requests } from './requests.ts'
import type { StartEvents } from './start-events.ts'
import type { SystemStream } from './system-stream.ts'
import type { Writer } from './writer.ts'

type Publication = Parameters<Host['publishMessage']>[0]

const sender: Actor = { type: 'system', id: 'outbox' }
const PAGE = 100

/**
 * Messages: published into their own stream, kept for their time to live, correlated to open subscriptions of the same
 * name and correlation key, at most once to each process id (Camunda 8, "message correlation").
 */
export class Messages {
  readonly #store: Store
  readonly #stream: SystemStream
  readonly #writer: Writer
  readonly #requests: Requests
  readonly #clock: Clock
  readonly #startEvents: StartEvents
  readonly #submit: (submission: Submission<'message.correlate'>) => Promise<Answer>
  /** Ids of messages being published now, so that two of one id cannot both find none. */
  readonly #publishing = new Set<string>()

  constructor(given: {
    store: Store
    stream: SystemStream
    writer: Writer
    requests: Requests
    clock: Clock
    startEvents: StartEvents
    submit: (submission: Submission<'message.correlate'>) => Promise<Answer>
  }) {
    this.#store = given.store
    this.#stream = given.stream
    this.#writer = given.writer
    this.#requests = given.requests
    this.#clock = given.clock
    this.#startEvents = given.startEvents
    this.#submit = given.submit
  }

  /** Publishes; the key is that of the message. Throws `STATE_CONFLICT` for an id that is still buffered. */
  async publish(scope: number, message: Publication): Promise<{ readonly key: Key }> {
    const { name, correlationKey, timeToLive, messageId, variables, actor, requestId } = message
    const digest = digestOf(actor, 'publish', name, correlationKey, timeToLive, messageId, variables)
    const answer = await this.#requests.once(scope, requestId, digest, async () => {
      const at = this.#clock.now()
      const mark = JSON.stringify([name, correlationKey, messageId])
      if (messageId !== null && (this.#publishing.has(mark) || (await this.#isBuffered(message, at))))
        throw new Rejection('STATE_CONFLICT', { messageId })
      if (messageId !== null) this.#publishing.add(mark)
      try {
        const circumstances = { at, actor, requestId }
        const value = {
          name,
          correlationKey,
          messageId,
          variables,
          publishedAt: at,
          expiresAt: at + Math.max(0, timeToLive),
        }
        const { facts, sequence } = await this.#stream.append(circumstances, (newKey, row) => {
          const made = [systemFact('message.published', newKey(), value)]
          return {
            command: { kind: 'message.publish', key: null, version: 1, value: { name, correlationKey } },
            facts: made,
            changes: [
              ...projectSystem(made, circumstances),
              this.#requests.row(scope, requestId, digest, { stream: scope, sequence: row, at }),
            ],
          }
        })
        return { stream: scope, sequence, facts: facts as unknown as Answer['facts'] }
      } finally {
        this.#publishing.delete(mark)
      }
    })
    return { key: answer.facts[0]!.key }
  }

  /** Offers a published message to every open subscription that fits, then to the start events that do. */
  async correlate(messageKey: Key): Promise<void> {
    const { message } = this.#store.tables
    const [found] = await this.#store.read.select().from(message).where(eq(message.key, messageKey))
    if (!found) return
    const reached = new Set<string>()
    const toSubscriptions = () =>
      inTurn(this.#fitting(found), async ({ key, processId }) => {
        if (!reached.has(processId) && (await this.#offer(found, key, processId)) !== 'closed') reached.add(processId)
      })
    await inTurn([toSubscriptions, () => this.#startEvents.offerMessage(found)], (offer) => offer())
  }

  /** The open subscriptions a message fits, the oldest first. */
  async *#fitting({ name, correlationKey }: Pick<Row<'message'>, 'name' | 'correlationKey'>) {
    const { subscription } = this.#store.tables
    for (let after = 0; ; ) {
      const fitting = await this.#store.read
        .select({ key: subscription.key, processId: subscription.processId })
        .from(subscription)
        .where(
          and(
            eq(subscription.messageName, name),
            eq(subscription.correlationKey, correlationKey),
            gt(subscription.key, after),
          ),
        )
        .orderBy(asc(subscription.key))
        .limit(PAGE)
      yield* fitting
      if (fitting.length < PAGE) return
      after = fitting.at(-1)!.key
    }
  }

  /**
   * Offers the messages that are still buffered and have not reached its process to a new subscription, oldest first,
   * until it takes one or has closed.
   */
  async match(subscriptionKey: Key): Promise<void> {
    const { message, messageCorrelation: reached, subscription } = this.#store.tables
    const [open] = await this.#store.read.select().from(subscription).where(eq(subscription.key, subscriptionKey))
    if (!open) return
    const before = this.#store.read
      .select({ one: sql`1` })
      .from(reached)
      .where(and(eq(reached.messageKey, message.key), eq(reached.processId, open.processId)))
    const [oldest] = await this.#store.read
      .select()
      .from(message)
      .where(
        and(
          eq(message.name, open.messageName),
          eq(message.correlationKey, open.correlationKey),
          gt(message.expiresAt, this.#clock.now()),
          notExists(before),
        ),
      )
      .orderBy(asc(message.key))
      .limit(1)
    if (oldest) await this.#offer(oldest, open.key, open.processId)
  }

  /** Forgets messages whose time is over; their records stay in the trail. */
  async forgetExpired(): Promise<void> {
    const { message, outbox } = this.#store.tables
    const waiting = this.#store.read
      .select({ one: sql`1` })
      .from(outbox)
      .where(and(eq(outbox.key, message.key), eq(outbox.kind, 'message.correlate')))
    const over = await this.#store.read
      .select({ key: message.key })
      .from(message)
      .where(and(lte(message.expiresAt, this.#clock.now()), notExists(waiting)))
      .limit(PAGE)
    if (over.length === 0) return
    const changes = over.flatMap(({ key }) => [
      remove('message', { key }),
      remove('messageCorrelation', { messageKey: key }),
    ])
    await this.#writer.write({ lock: null, changes, owner: null })
  }

  /** What became of it: taken, or its process had it before, or the subscription has closed meanwhile. */
  async #offer(
    message: { readonly key: Key; readonly name: string; readonly variables: Variables },
    subscriptionKey: Key,
    processId: string,
  ): Promise<'taken' | 'reached' | 'closed'> {
    const { messageCorrelation } = this.#store.tables
    const before = await this.#store.read
      .select({ key: messageCorrelation.messageKey })
      .from(messageCorrelation)
      .where(and(eq(messageCorrelation.messageKey, message.key), eq(messageCorrelation.processId, processId)))
    if (before.length > 0) return 'reached'
    try {
      await this.#submit({
        kind: 'message.correlate',
        key: subscriptionKey,
        actor: sender,
        requestId: `message:${message.key}:${subscriptionKey}`,
        value: { messageName: message.name, messageKey: message.key, variables: message.variables },
      })
      return 'taken'
    } catch (error) {
      // The message stays for others.
      if (isRefusedForGood(error)) return 'closed'
      throw error
    }
  }

  async #isBuffered(message: Publication, at: number): Promise<boolean> {
    const { message: table } = this.#store.tables
    const rows = await this.#store.read
      .select({ key: table.key })
      .from(table)
      .where(
        and(
          eq(table.name, message.name),
          eq(table.correlationKey, message.correlationKey),
          eq(table.messageId, message.messageId ?? ''),
          gt(table.expiresAt, at),
        ),
      )
      .limit(1)
    return rows.length > 0
  }
}
