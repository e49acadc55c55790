import { type Actor, type Key, Rejection, type Variables } from '@bihuan/engine'
import { and, asc, eq, gt, lte, notExists, notInArray, sql } from 'drizzle-orm'
import { type RowChange, remove } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { suspendedCases } from '../db/suspended.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import type { Host } from './host.ts'
import { inTurn } from './in-turn.ts'
import { reachedBy, reachedOf } from './message-reach.ts'
import { isRefusedForGood, isSuspended } from './refusal.ts'
import { digestOf, type Requests } from './requests.ts'
import type { StartEvents } from './start-events.ts'
import type { Answer, Submission } from './submission.ts'
import type { SystemStream } from './system-stream.ts'
import { Turns } from './turns.ts'

type Publication = Parameters<Host['publishMessage']>[0]
type Deliverable = Pick<Row<'message'>, 'key' | 'name' | 'correlationKey' | 'variables'>

const sender: Actor = { type: 'system', id: 'outbox' }
const PAGE = 100
/** Messages forgotten at once. */
const FORGET = 1_000

/**
 * Messages: published into their own stream, kept for their time to live, correlated to open subscriptions of the same
 * name and correlation key, at most once to each process id (Camunda 8, "message correlation").
 */
export class Messages {
  readonly #store: Store
  readonly #stream: SystemStream
  readonly #requests: Requests
  readonly #clock: Clock
  readonly #startEvents: StartEvents
  readonly #submit: (submission: Submission<'message.correlate'>) => Promise<Answer>
  /** By turns for each id, so that two of one id cannot both find none, and the second is judged on what is written. */
  readonly #ids = new Turns()
  /** By turns for each message, so that who asks where it went is told when it has gone to all it reaches. */
  readonly #deliveries = new Turns()

  constructor(given: {
    store: Store
    stream: SystemStream
    requests: Requests
    clock: Clock
    startEvents: StartEvents
    submit: (submission: Submission<'message.correlate'>) => Promise<Answer>
  }) {
    this.#store = given.store
    this.#stream = given.stream
    this.#requests = given.requests
    this.#clock = given.clock
    this.#startEvents = given.startEvents
    this.#submit = given.submit
  }

  /** Publishes; the key is that of the message. Throws `MESSAGE_ID_TAKEN` for an id that is still buffered. */
  async publish(scope: number, message: Publication): Promise<{ readonly key: Key }> {
    return { key: await this.#publish(scope, message, async () => {}) }
  }

  /** Publishes once what `check` does not refuse. */
  async #publish(scope: number, message: Publication, check: () => Promise<void>): Promise<Key> {
    const { name, correlationKey, timeToLive, messageId, variables, startDepth, actor, requestId } = message
    const digest = digestOf(actor, 'publish', name, correlationKey, timeToLive, messageId, variables)
    const write = async () => {
      await check()
      const at = this.#clock.now()
      if (messageId !== null && (await this.#isBuffered(message, at)))
        throw new Rejection('MESSAGE_ID_TAKEN', { name, messageId })
      const circumstances = { at, actor, requestId }
      const value = {
        name,
        correlationKey,
        messageId,
        variables,
        publishedAt: at,
        expiresAt: at + Math.max(0, timeToLive),
        ...(startDepth !== undefined && { startDepth }),
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
    }
    const mark = JSON.stringify([name, correlationKey, messageId])
    const answer = await this.#requests.once(scope, requestId, digest, () =>
      messageId === null ? write() : this.#ids.take(mark, write),
    )
    return answer.facts[0]!.key
  }

  /** Offers a published message to every open subscription that fits, then to the start events that do. */
  async correlate(messageKey: Key): Promise<void> {
    const { message } = this.#store.tables
    const [found] = await this.#store.read.select().from(message).where(eq(message.key, messageKey))
    if (found) await this.#deliveries.take(String(messageKey), () => this.#deliver(found))
  }

  /**
   * Publishes a message that does not wait, and offers it at once (Camunda 8: "Correlate message"). Gives its key and the
   * first case it began, else the first it reached (as Zeebe answers). Throws `MESSAGE_NOT_CORRELATED` when nothing waits
   * for it; then nothing is published, unless what waited has closed at that very moment.
   */
  async correlateNow(
    scope: number,
    given: Omit<Publication, 'timeToLive' | 'messageId'>,
  ): Promise<{ readonly key: Key; readonly instanceKey: Key }> {
    const { name, correlationKey, variables } = given
    const missed = new Rejection('MESSAGE_NOT_CORRELATED', { name })
    const key = await this.#publish(scope, { ...given, timeToLive: 0, messageId: null }, async () => {
      if (!(await this.#isAwaited(given))) throw missed
    })
    const instanceKey = await this.#deliveries.take(String(key), async () => {
      // A repeat, or the outbox was faster: it has been handed over.
      const before = await reachedBy(this.#store, key)
      if (before !== null) return before
      await this.#deliver({ key, name, correlationKey, variables })
      return reachedBy(this.#store, key)
    })
    if (instanceKey === null) throw missed
    return { key, instanceKey }
  }

  /** Offers it to what waits, one case of each process, then to the start events of the processes it has not reached. */
  async #deliver(message: Deliverable): Promise<void> {
    const reached = new Set<string>()
    const toSubscriptions = () =>
      inTurn(this.#fitting(message, reached), async ({ key, processId }) => {
        if (reached.has(processId)) return
        if ((await this.#offer(message, key, processId)) !== 'closed') reached.add(processId)
      })
    await inTurn([toSubscriptions, () => this.#startEvents.offerMessage(message)], (offer) => offer())
  }

  /** Whether a subscription or start event waits for such a message. */
  async #isAwaited(message: Pick<Publication, 'name' | 'correlationKey'>): Promise<boolean> {
    for await (const _ of this.#fitting(message, new Set())) return true
    return this.#startEvents.waitsFor(message)
  }

  /** The open subscriptions a message fits, the oldest first; those of processes it has reached may be passed over. */
  async *#fitting(
    { name, correlationKey }: Pick<Row<'message'>, 'name' | 'correlationKey'>,
    reached: ReadonlySet<string>,
  ) {
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
            notInArray(subscription.processId, [...reached]),
            notInArray(subscription.instanceKey, suspendedCases(this.#store)),
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
   * until it has closed: one that does not interrupt takes all of them (Zeebe: the next message is correlated after each).
   */
  async match(subscriptionKey: Key): Promise<void> {
    const { subscription } = this.#store.tables
    const [open] = await this.#store.read.select().from(subscription).where(eq(subscription.key, subscriptionKey))
    for (let after = 0; open; ) {
      const next = await this.#buffered(open, after)
      if (!next) return
      after = next.key
      const outcome = await this.#offer(next, open.key, open.processId)
      if (outcome === 'closed' || (outcome === 'taken' && open.interrupting)) return
    }
  }

  /** The oldest message after another that is still buffered for a subscription and has not reached its process. */
  async #buffered(open: Row<'subscription'>, after: Key): Promise<Row<'message'> | undefined> {
    const { message, messageCorrelation: reached } = this.#store.tables
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
          gt(message.key, after),
          gt(message.expiresAt, this.#clock.now()),
          notExists(before),
        ),
      )
      .orderBy(asc(message.key))
      .limit(1)
    return oldest
  }

  /** Offers the messages that came while a case was suspended to all that waits for messages in it. */
  async matchCase(instanceKey: Key): Promise<void> {
    const { subscription } = this.#store.tables
    const open = await this.#store.read
      .select({ key: subscription.key })
      .from(subscription)
      .where(eq(subscription.instanceKey, instanceKey))
      .orderBy(asc(subscription.key))
    await inTurn(open, ({ key }) => this.match(key))
  }

  /** Changes that forget messages whose time is over, a bounded number of them; their records stay in the trail. */
  async expiredBefore(at: number): Promise<readonly RowChange[]> {
    const { message, outbox } = this.#store.tables
    const waiting = this.#store.read
      .select({ one: sql`1` })
      .from(outbox)
      .where(and(eq(outbox.key, message.key), eq(outbox.kind, 'message.correlate')))
    const over = await this.#store.read
      .select({ key: message.key })
      .from(message)
      .where(and(lte(message.expiresAt, at), notExists(waiting)))
      .limit(FORGET)
    return over.flatMap(({ key }) => [remove('message', { key }), remove('messageCorrelation', { messageKey: key })])
  }

  /** What became of it: taken, or a case of its process had it before, or the subscription has closed meanwhile. */
  async #offer(
    message: { readonly key: Key; readonly name: string; readonly variables: Variables },
    subscriptionKey: Key,
    processId: string,
  ): Promise<'taken' | 'closed' | 'before'> {
    if ((await reachedOf(this.#store, message.key, processId)) !== null) return 'before'
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
      if (isRefusedForGood(error) || isSuspended(error)) return 'closed'
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
