import { type Actor, addDuration, type FlowNode, parseDuration, Rejection } from '@bihuan/engine'
import { eq, sql } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Host } from '../host/host.ts'
import { FIRST_PAUSE, pauseAfter } from './backoff.ts'
import { DueDeliveries } from './due-deliveries.ts'
import { type Attempt, failedForGood, failedForNow, type Outcome, type Worker } from './worker.ts'

const actor: Actor = { type: 'system', id: 'connector' }
const POLL = 1_000
/** Calls at one time, and of these to one target. */
const MOST = 32
const MOST_EACH = 4
/** How long a job is left alone when its case stands still, or its result could not be written. */
const LATER = 30_000
/** A stop waits no longer for an attempt that cannot be broken off. */
const GRACE = 3_000
/** How long everything is left alone when not even that can be written. */
const RESTORE = 5_000

type Entry = Row<'delivery'>

/** What the connectors stand on. */
export interface ConnectorParts {
  readonly host: Host
  /** By type of job. */
  readonly workers: ReadonlyMap<string, Worker>
  /** Whether it looks for work by itself. Tests say false and call `settle`. */
  readonly poll: boolean
  /** Told of faults of ours. No personal data. */
  readonly report: (what: string, error: unknown) => void
}

/**
 * The built-in workers at work: takes what is due from the outbox of deliveries, few at a time and fewer to one
 * target, so that a slow one holds up nobody else. An attempt is done at least once, with the key of its job; its
 * result is a command like that of any worker and takes the delivery away, or puts it off, in the same commit. What a
 * crash leaves is found again.
 */
export class Connectors {
  readonly #host: Host
  readonly #workers: ReadonlyMap<string, Worker>
  readonly #report: ConnectorParts['report']
  readonly #due: DueDeliveries
  readonly #stopping = new AbortController()
  readonly #running = new Map<number, { readonly target: string; readonly end: Promise<void> }>()
  /** While nothing is begun; over, too, when a clock that was set back shows what was before it. */
  #rest = { since: 0, until: 0 }
  readonly #stopListening: () => void
  readonly #polling: NodeJS.Timeout | null
  #filling: Promise<void> | null = null
  #again = false

  constructor({ host, workers, poll, report }: ConnectorParts) {
    this.#host = host
    this.#workers = workers
    this.#report = report
    this.#due = new DueDeliveries(host.store)
    this.#stopListening = host.onCommitted(({ facts }) => {
      if (poll && facts.some(({ kind }) => kind === 'job.created' || kind === 'job.retriesUpdated')) this.#kick()
    })
    this.#polling = poll ? setInterval(() => this.#kick(), POLL) : null
    this.#polling?.unref()
  }

  /** How many attempts are under way. */
  get running(): number {
    return this.#running.size
  }

  /** Does what is due until nothing is left to do now. */
  async settle(): Promise<void> {
    for (;;) {
      await this.#fill()
      if (this.#running.size === 0) return
      await Promise.all([...this.#running.values()].map(({ end }) => end))
    }
  }

  /** Breaks off what is under way: it is done again, with the same key, by whoever runs next. */
  async close(): Promise<void> {
    this.#stopListening()
    if (this.#polling) clearInterval(this.#polling)
    this.#stopping.abort()
    await this.#filling
    const ended = Promise.all([...this.#running.values()].map(({ end }) => end))
    await Promise.race([ended, new Promise((done) => setTimeout(done, GRACE).unref())])
  }

  #kick(): void {
    this.#fill().catch((error: unknown) => this.#report('connectors', error))
  }

  /** Begins what is due, as far as there is room. What is asked for meanwhile is looked for once more. */
  #fill(): Promise<void> {
    this.#again = true
    this.#filling ??= (async () => {
      try {
        while (this.#again && !this.#stopping.signal.aborted) {
          this.#again = false
          await this.#begin()
        }
      } finally {
        this.#filling = null
      }
    })()
    return this.#filling
  }

  async #begin(): Promise<void> {
    const now = this.#host.clock.now()
    // What cannot be written down is not begun: it would be sent again and again.
    const { since, until } = this.#rest
    if ((now >= since && now < until) || this.#host.health().status !== 'up') return
    for (const target of await this.#due.targets(now)) {
      const here = [...this.#running.values()].filter((one) => one.target === target).length
      const room = Math.min(MOST_EACH - here, MOST - this.#running.size)
      if (room <= 0) continue
      const left = [...this.#running.keys()]
      for (const entry of await this.#due.of(target, now, room, left)) this.#start(entry)
    }
  }

  #start(entry: Entry): void {
    const end = this.#attempt(entry)
      .catch((error: unknown) => {
        // A case that was suspended or has ended meanwhile, or a disk that is full: said elsewhere.
        if (!(error instanceof Rejection)) this.#report('connector', error)
        return this.#putOff(entry.key)
      })
      .catch(() => {
        const since = this.#host.clock.now()
        this.#rest = { since, until: since + RESTORE }
      })
      .finally(() => {
        this.#running.delete(entry.key)
        if (!this.#stopping.signal.aborted) this.#kick()
      })
    this.#running.set(entry.key, { target: entry.target, end })
  }

  async #attempt({ key, mark }: Entry): Promise<void> {
    const { store, clock } = this.#host
    const { delivery } = store.tables
    const found = await this.#find(key)
    if (!found) {
      // What it was for has ended, and nothing says so any more.
      await store.single.delete(delivery).where(eq(delivery.key, key))
      return
    }
    if (found.instance.state !== 'active') return this.#putOff(key)
    const [begun] = await store.single
      .update(delivery)
      .set({ attempts: sql`${delivery.attempts} + 1`, attemptedAt: clock.now() })
      .where(eq(delivery.key, key))
      .returning({ attempts: delivery.attempts })
    if (!begun) return
    const outcome = fitting(found.job, await this.#work(found))
    if (this.#stopping.signal.aborted) return
    await this.#record(found.job, `delivery:${key}:${mark}`, begun.attempts, outcome)
  }

  async #putOff(key: number): Promise<void> {
    const { store, clock } = this.#host
    const { delivery } = store.tables
    await store.single
      .update(delivery)
      .set({ dueAt: clock.now() + LATER })
      .where(eq(delivery.key, key))
  }

  async #work(found: Omit<Attempt, 'signal'>): Promise<Outcome> {
    const { type } = found.job
    const worker = this.#workers.get(type)
    if (!worker)
      return failedForGood('JOB_TYPE_UNKNOWN', `expected ${[...this.#workers.keys()].join(', ')}, but found ${type}`)
    try {
      return await worker({ ...found, signal: this.#stopping.signal })
    } catch (error) {
      if (error instanceof Rejection) return failedForNow(error.code, 'it was refused for now')
      this.#report(type, error)
      return failedForNow('UNEXPECTED', 'a fault of the connector, which its log describes')
    }
  }

  async #record(job: Row<'job'>, requestId: string, attempt: number, outcome: Outcome): Promise<void> {
    const { submit, clock } = this.#host
    const about = { key: job.key, actor, requestId }
    if (outcome.kind === 'done')
      await submit({ kind: 'job.complete', ...about, value: { variables: outcome.variables } })
    else if (outcome.kind === 'error') {
      const { errorCode, message, variables } = outcome
      await submit({ kind: 'job.throwError', ...about, value: { errorCode, message, variables } })
    } else {
      const retries = outcome.isFinal ? 0 : Math.max(0, job.retries - 1)
      const pause = pauseAfter(job.key, attempt, firstPause(job), outcome.after)
      const retryAt = retries > 0 ? clock.now() + pause : null
      const message = `${outcome.code}: ${outcome.message}`
      await submit({ kind: 'job.fail', ...about, value: { retries, message, retryAt } })
    }
  }

  /** The job with what surrounds it; null when it is not open any more. */
  async #find(key: number): Promise<Omit<Attempt, 'signal'> | null> {
    const { job, processInstance, elementInstance } = this.#host.store.tables
    const [found] = await this.#host.store.read
      .select({ job, instance: processInstance, definitionKey: elementInstance.definitionKey })
      .from(job)
      .innerJoin(processInstance, eq(processInstance.key, job.instanceKey))
      .leftJoin(elementInstance, eq(elementInstance.key, job.elementInstanceKey))
      .where(eq(job.key, key))
    const isOpen = found && (found.job.state === 'created' || found.job.state === 'failed') && found.job.retries > 0
    if (!isOpen) return null
    const process = await this.#host.definition(found.definitionKey ?? found.instance.definitionKey)
    const element: FlowNode | undefined = process.nodes[found.job.elementId]
    return { job: found.job, instance: found.instance, element: element ?? null }
  }
}

/**
 * The outcome as the job can take it. A listener cannot throw a BPMN error: it fails with it. That of a user task takes no
 * variables: it is done without (Camunda 8: "Execution listeners", "User task listeners", limitations).
 */
function fitting({ listenerKind }: Row<'job'>, outcome: Outcome): Outcome {
  if (outcome.kind === 'done' && listenerKind === 'task') return { ...outcome, variables: {} }
  return outcome.kind === 'error' && listenerKind !== null ? failedForGood(outcome.errorCode, outcome.message) : outcome
}

/** What the model says about the pause before the second attempt (Camunda 8: header `retryBackoff`, ISO 8601). */
function firstPause({ headers }: Row<'job'>): number {
  const duration = parseDuration(headers.retryBackoff ?? '')
  const milliseconds = duration ? addDuration(0, duration) : 0
  return milliseconds > 0 ? milliseconds : FIRST_PAUSE
}
