import {
  type Actor,
  contextOf,
  evaluate,
  type Key,
  type MessageStart,
  nextDue,
  type UnitRef,
  type Variables,
} from '@bihuan/engine'
import { and, asc, eq, gt, inArray, lte, notExists, sql } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { StartSubscriptionKind } from '../db/schema/start-event.ts'
import type { Store } from '../db/store.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Definitions, DeployedDefinition } from './definitions.ts'
import type { Deployments } from './deployments.ts'
import type { Answer, Clock, StartRequest } from './host.ts'
import { inTurn } from './in-turn.ts'
import { prepared } from './prepared.ts'
import { isRefusedForGood } from './refusal.ts'
import type { Retries } from './retries.ts'
import type { SystemStream } from './system-stream.ts'
import { rootUnit, unitLine } from './unit-line.ts'

const PAGE = 200
const timerActor: Actor = { type: 'system', id: 'timer' }
const sender: Actor = { type: 'system', id: 'outbox' }

type Message = Pick<Row<'message'>, 'key' | 'name' | 'correlationKey' | 'variables'>
type Subscription = Row<'startSubscription'>
type Start = (request: StartRequest, find: () => Promise<DeployedDefinition>, message?: MessageStart) => Promise<Answer>

export interface StartEventParts {
  readonly store: Store
  /** The stream of the definitions. */
  readonly stream: SystemStream
  readonly definitions: Definitions
  readonly deployments: Deployments
  readonly clock: Clock
  readonly retries: Retries
  readonly start: Start
  readonly report: (what: string, error: unknown) => void
}

/**
 * The start events that wait, of the latest version of each process: cases begin when their time comes, or with a
 * message, a signal or variables that meet a condition. Nobody asks for such a case from a unit: it belongs to the unit
 * of the package, or to the root without one.
 */
export class StartEvents {
  readonly #parts: StartEventParts
  readonly #due

  constructor(parts: StartEventParts) {
    this.#parts = parts
    const { startTimer } = parts.store.tables
    this.#due = prepared(
      'start_timers_due',
      parts.store.read
        .select()
        .from(startTimer)
        .where(lte(startTimer.dueAt, sql.placeholder('now')))
        .orderBy(asc(startTimer.dueAt), asc(startTimer.key))
        .limit(sql.placeholder('limit')),
    )
  }

  /** Starts the cases whose time has come. Gives how many timers it dealt with; those that failed are left for later. */
  async fireDue(): Promise<number> {
    const now = this.#parts.clock.now()
    let fired = 0
    for (const timer of await this.#due.execute({ now, limit: PAGE + this.#parts.retries.size }))
      if (this.#parts.retries.isReady(`startTimer:${timer.key}`, now) && (await this.#fire(timer, now))) fired += 1
    return fired
  }

  /** Starts a case of each process that waits for the message, unless it has reached that process already. */
  async offerMessage(message: Message): Promise<void> {
    await inTurn(await this.#waiting('message', message.name), (one) => this.#startByMessage(one, message))
  }

  /** A case that a message started has ended: the next message of its correlation key may start another. */
  async afterEnd(instanceKey: Key): Promise<void> {
    const { store, clock } = this.#parts
    const { messageStart, message, messageCorrelation: reached, startSubscription } = store.tables
    const [ended] = await store.read.select().from(messageStart).where(eq(messageStart.instanceKey, instanceKey))
    if (!ended) return
    const { processId, correlationKey } = ended
    const open = await store.read
      .select()
      .from(startSubscription)
      .where(and(eq(startSubscription.processId, processId), eq(startSubscription.kind, 'message')))
    const before = store.read
      .select({ one: sql`1` })
      .from(reached)
      .where(and(eq(reached.messageKey, message.key), eq(reached.processId, processId)))
    const buffered = await store.read
      .select()
      .from(message)
      .where(
        and(
          eq(message.correlationKey, correlationKey),
          inArray(message.name, ['', ...open.flatMap(({ name }) => name ?? [])]),
          gt(message.expiresAt, clock.now()),
          notExists(before),
        ),
      )
      .orderBy(asc(message.key))
    for (const found of buffered) {
      const one = open.find(({ name }) => name === found.name)
      if (one && (await this.#startByMessage(one, found))) return
    }
  }

  /** Starts a case of each process that waits for the signal. */
  async offerSignal(signal: Row<'signal'>): Promise<void> {
    const { key, name, variables } = signal
    await inTurn(await this.#waiting('signal', name), (one) =>
      this.#begin(one, { actor: sender, requestId: `signal:${key}:${one.key}`, variables }),
    )
  }

  /**
   * Starts the cases whose start condition the variables meet (Camunda 8: "Evaluate root level conditional start
   * events"): of one definition, or of all. Gives what was started.
   */
  async evaluateConditions(given: {
    readonly definitionKey: Key | null
    readonly units: readonly UnitRef[]
    readonly variables: Variables
    readonly actor: Actor
    readonly requestId: string
  }): Promise<readonly { readonly definitionKey: Key; readonly instanceKey: Key }[]> {
    const { definitions, clock } = this.#parts
    const started: { definitionKey: Key; instanceKey: Key }[] = []
    for (const one of await this.#waiting('conditional', null)) {
      const { definitionKey, elementId } = one
      if (given.definitionKey !== null && given.definitionKey !== definitionKey) continue
      const { bundle } = await definitions.get(definitionKey)
      const trigger = bundle.process.startEvents.find((event) => event.elementId === elementId)?.trigger
      if (trigger?.kind !== 'conditional') continue
      const met = evaluate(trigger.condition, contextOf(given.variables), clock.now())
      if (!met.ok || met.value !== true) continue
      const { actor, variables, units } = given
      const answer = await this.#begin(one, { actor, variables, units, requestId: `${given.requestId}:${one.key}` })
      if (answer) started.push({ definitionKey, instanceKey: answer.facts[0]!.key })
    }
    return started
  }

  async #waiting(kind: StartSubscriptionKind, name: string | null): Promise<readonly Subscription[]> {
    const { startSubscription: t } = this.#parts.store.tables
    return this.#parts.store.read
      .select()
      .from(t)
      .where(and(eq(t.kind, kind), name === null ? undefined : eq(t.name, name)))
      .orderBy(asc(t.key))
  }

  /** Gives whether a case was started by it. */
  async #startByMessage(one: Subscription, message: Message): Promise<boolean> {
    const { store } = this.#parts
    const { messageCorrelation: reached, messageStart, processInstance } = store.tables
    const { processId } = one
    const { key: messageKey, name: messageName, correlationKey, variables } = message
    const before = await store.read
      .select({ key: reached.messageKey })
      .from(reached)
      .where(and(eq(reached.messageKey, messageKey), eq(reached.processId, processId)))
    if (before.length > 0) return false
    const active =
      correlationKey === ''
        ? []
        : await store.read
            .select({ key: processInstance.key })
            .from(messageStart)
            .innerJoin(processInstance, eq(processInstance.key, messageStart.instanceKey))
            .where(
              and(
                eq(messageStart.processId, processId),
                eq(messageStart.correlationKey, correlationKey),
                eq(processInstance.state, 'active'),
              ),
            )
    if (active.length > 0) return false
    const request = { actor: sender, requestId: `message:${messageKey}:${processId}`, variables }
    return (await this.#begin(one, request, { messageKey, messageName, correlationKey })) !== null
  }

  async #fire(timer: Row<'startTimer'>, now: number): Promise<boolean> {
    const what = `startTimer:${timer.key}`
    try {
      await this.#begin(timer, { actor: timerActor, requestId: what, variables: {} })
      await this.#parts.deployments.alone(() => this.#advance(timer, now))
      this.#parts.retries.done(what)
      return true
    } catch (error) {
      this.#parts.retries.failed(what, now, error)
      return false
    }
  }

  /** Records that a timer has fired, and the one that follows. A version deployed meanwhile has closed it. */
  async #advance({ key, ...timer }: Row<'startTimer'>, now: number): Promise<void> {
    const { store, stream } = this.#parts
    const { startTimer } = store.tables
    const open = await store.read.select({ key: startTimer.key }).from(startTimer).where(eq(startTimer.key, key))
    if (open.length === 0) return
    const { elementId, dueAt, cron, endAt, ...rest } = timer
    const next = nextDue({ ...rest, dueAt, ...(cron !== null && { cron }), ...(endAt !== null && { endAt }) }, now)
    const circumstances = { at: now, actor: timerActor, requestId: `startTimer:${key}` }
    await stream.append(circumstances, (newKey) => {
      const facts = [
        systemFact('startTimer.triggered', key, { elementId, dueAt }),
        ...(next
          ? [systemFact('startTimer.created', newKey(), { ...timer, dueAt: next.dueAt, repetitions: next.repetitions })]
          : []),
      ]
      return {
        command: { kind: 'startTimer.trigger', key, version: 1, value: {} },
        facts,
        changes: projectSystem(facts, circumstances),
      }
    })
  }

  /**
   * Starts a case at a waiting start event; null when it may not be: its process takes no new cases, or the start itself
   * is refused, which is reported. Throws when the disk does not take it: then it is to be tried again.
   */
  async #begin(
    { definitionKey, elementId: startEventId }: Pick<Subscription, 'definitionKey' | 'elementId'>,
    given: Pick<StartRequest, 'actor' | 'requestId' | 'variables'> & { readonly units?: readonly UnitRef[] },
    message?: MessageStart,
  ): Promise<Answer | null> {
    const { definitions, start, report } = this.#parts
    try {
      const definition = await definitions.get(definitionKey)
      const units = given.units ?? (await this.#unitsOf(definition.packageId))
      return await start(
        { ...given, units, definitionKey, startEventId },
        async () => {
          definitions.checkOpen(definition)
          return definition
        },
        message,
      )
    } catch (error) {
      if (!isRefusedForGood(error)) throw error
      if (error.code !== 'PROCESS_RETIRED') report('start event', error)
      return null
    }
  }

  async #unitsOf(packageId: string | null): Promise<readonly UnitRef[]> {
    const { store } = this.#parts
    const { package: packages } = store.tables
    const [row] = await store.read
      .select({ unitId: packages.unitId })
      .from(packages)
      .where(eq(packages.id, packageId ?? ''))
    const line = row ? await unitLine(store, row.unitId) : []
    if (line.length > 0) return line
    const root = await rootUnit(store)
    return root === null ? [] : unitLine(store, root)
  }
}
