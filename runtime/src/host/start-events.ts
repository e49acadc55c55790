import {
  type Actor,
  contextOf,
  evaluate,
  type Key,
  type MessageStart,
  type UnitRef,
  type Variables,
} from '@bihuan/engine'
import { and, asc, eq, gt, inArray, lte, notExists, sql } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { StartSubscriptionKind } from '../db/schema/start-event.ts'
import type { Store } from '../db/store.ts'
import type { Clock } from './clock.ts'
import type { Definitions, DeployedDefinition } from './definitions.ts'
import { inTurn } from './in-turn.ts'
import { streamOf } from './live-instance.ts'
import { isBegun, reachedOf } from './message-reach.ts'
import { isRefusedForGood } from './refusal.ts'
import type { Started, StartRequest } from './submission.ts'
import { Turns } from './turns.ts'
import { rootUnit, unitLine } from './unit-line.ts'

const sender: Actor = { type: 'system', id: 'outbox' }

type Message = Pick<Row<'message'>, 'key' | 'name' | 'correlationKey' | 'variables'> &
  Partial<Pick<Row<'message'>, 'startDepth'>>
type Subscription = Row<'startSubscription'>
type Start = (
  request: StartRequest,
  find: () => Promise<DeployedDefinition>,
  message?: MessageStart,
) => Promise<Started>

export interface StartEventParts {
  readonly store: Store
  readonly definitions: Definitions
  readonly clock: Clock
  readonly start: Start
  readonly report: (what: string, error: unknown) => void
}

/**
 * The start events that wait, of the latest version of each process: cases begin with a message, a signal or
 * variables that meet a condition. Nobody asks for such a case from a unit: it belongs to the unit of the package, or to the
 * root without one.
 */
export class StartEvents {
  readonly #parts: StartEventParts
  /** By turns for each key of a process, so that two messages of one key cannot both find no case of it. */
  readonly #keys = new Turns()

  constructor(parts: StartEventParts) {
    this.#parts = parts
  }

  /** Starts a case of each process that waits for the message, unless it has reached that process already. */
  async offerMessage(message: Message): Promise<void> {
    await inTurn(await this.#waiting('message', message.name), (one) => this.#startByMessage(one, message))
  }

  /** Whether a start event would begin a case by such a message now. */
  async waitsFor({ name, correlationKey }: Pick<Message, 'name' | 'correlationKey'>): Promise<boolean> {
    const { store, definitions } = this.#parts
    for (const { processId } of await this.#waiting('message', name))
      if (!definitions.isRetired(processId) && !(await isBegun(store, processId, correlationKey))) return true
    return false
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
    const names = ['', ...open.flatMap(({ name }) => name ?? [])]
    for (let after = 0; ; ) {
      const [next] = await store.read
        .select()
        .from(message)
        .where(
          and(
            eq(message.correlationKey, correlationKey),
            inArray(message.name, names),
            gt(message.key, after),
            gt(message.expiresAt, clock.now()),
            notExists(before),
          ),
        )
        .orderBy(asc(message.key))
        .limit(1)
      if (!next) return
      after = next.key
      const one = open.find(({ name }) => name === next.name)
      if (one && (await this.#startByMessage(one, next)) !== null) return
    }
  }

  /** Starts a case of each process that waits for the signal. */
  async offerSignal(signal: Row<'signal'>): Promise<void> {
    const { key, name, variables } = signal
    const depth = await this.#depthAfter(key)
    await inTurn(await this.#waiting('signal', name), (one) =>
      this.begin(one, { actor: sender, ...onceIn(one, `signal:${key}`, { name }), variables, ...depth }),
    )
  }

  /** How deep a case stands that a signal begins: one more than the case that threw it; nothing for one from outside. */
  async #depthAfter(signalKey: Key): Promise<Pick<StartRequest, 'startDepth'>> {
    const { read, tables } = this.#parts.store
    const { processInstance: t } = tables
    const first = streamOf(signalKey) * 2 ** 20
    const [thrower] = await read
      .select({ startDepth: t.startDepth })
      .from(t)
      .where(and(gt(t.key, first), lte(t.key, signalKey)))
      .orderBy(asc(t.key))
      .limit(1)
    return thrower ? { startDepth: thrower.startDepth + 1 } : {}
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
      const request = onceIn(one, given.requestId, { variables, units })
      const answer = await this.begin(one, { actor, variables, units, ...request })
      if (answer) started.push({ definitionKey: answer.definitionKey, instanceKey: answer.instanceKey })
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

  /** Gives the case of the process that it has begun, now or before; null when none was. */
  #startByMessage(one: Subscription, message: Message): Promise<Key | null> {
    const { processId } = one
    const { correlationKey } = message
    const start = () => this.#startOne(one, message)
    return correlationKey === '' ? start() : this.#keys.take(JSON.stringify([processId, correlationKey]), start)
  }

  async #startOne(one: Subscription, message: Message): Promise<Key | null> {
    const { store } = this.#parts
    const { processId } = one
    const { key: messageKey, name: messageName, correlationKey, variables, startDepth = 0 } = message
    const before = await reachedOf(store, messageKey, processId)
    if (before !== null) return before
    if (await isBegun(store, processId, correlationKey)) return null
    const request = {
      actor: sender,
      requestId: `message:${messageKey}:${processId}`,
      variables,
      ...(startDepth > 0 && { startDepth }),
    }
    const answer = await this.begin(one, request, { messageKey, messageName, correlationKey })
    return answer?.instanceKey ?? null
  }

  /**
   * Starts a case at a waiting start event; null when it may not be: its process takes no new cases, or the start itself
   * is refused, which is reported. Throws when the disk does not take it: then it is to be tried again.
   */
  async begin(
    { definitionKey, elementId: startEventId }: Pick<Subscription, 'definitionKey' | 'elementId'>,
    given: Pick<StartRequest, 'actor' | 'requestId' | 'variables' | 'startDepth' | 'asked'> & {
      readonly units?: readonly UnitRef[]
    },
    message?: MessageStart,
  ): Promise<Started | null> {
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

/**
 * What makes a start the same when it is asked for again: the start event, whatever version of its process waits there by
 * then.
 */
function onceIn({ processId, elementId }: Subscription, requestId: string, asked: object) {
  return { requestId: `${requestId}:${processId}:${elementId}`, asked }
}
