import { randomUUID } from 'node:crypto'
import { type Actor, type Fact, Rejection } from '@bihuan/engine'
import { and, asc, eq, lt, sql } from 'drizzle-orm'
import { readRecords } from '../audit/chain.ts'
import { keepable, sha256 } from '../audit/record-text.ts'
import { readRow } from '../audit/stream-rows.ts'
import { prepared } from '../db/prepared.ts'
import { insert, type RowChange, remove } from '../db/row-change.ts'
import { isDuplicate } from '../db/storage-error.ts'
import type { Store } from '../db/store.ts'
import type { Answer } from './submission.ts'

/** Scope of requests whose stream is not known before they are answered: starts. */
export const START_SCOPE = 0

/** Remembered requests that are forgotten at once, the most. */
const FORGET = 200

/** Stands for the sequence of a row where what was done left none. */
export const UNRECORDED = 0

const ONCE = 'once:'

/** A request for something that leaves no record. */
export interface OnceRequest {
  /** The stream that what it is about belongs to. */
  readonly stream: number
  readonly actor: Actor
  readonly requestId: string
  /** What makes two requests of one id the same. */
  readonly asked: object
}

/** An id for a request that nobody can repeat, since whoever asks is not told it: nothing remembers its answer. */
export const idOnce = (): string => ONCE + randomUUID()

/** Whether a request may come again under its id. */
export const isRepeatable = (requestId: string): boolean => !requestId.startsWith(ONCE)

/** What makes two requests the same besides their id: what is asked and by whom. */
export function digestOf(actor: Actor, ...asked: readonly unknown[]): string {
  return sha256(JSON.stringify([actor, ...asked]))
}

/**
 * Idempotency: a request id is answered once per scope. A repeat waits for the first or reads its answer; a repeat that
 * asks something else is refused. Refused requests are not kept: they changed nothing and may be asked again.
 */
export class Requests {
  readonly #running = new Map<string, { readonly digest: string; readonly answer: Promise<Answer> }>()
  readonly #store: Store
  readonly #find
  readonly #old

  constructor(store: Store) {
    this.#store = store
    const { request } = store.tables
    const { read } = store
    this.#find = prepared(
      'request_find',
      read
        .select({ digest: request.digest, stream: request.stream, sequence: request.sequence })
        .from(request)
        .where(and(eq(request.scope, sql.placeholder('scope')), eq(request.requestId, sql.placeholder('requestId')))),
    )
    this.#old = prepared(
      'requests_old',
      read
        .select({ scope: request.scope, requestId: request.requestId })
        .from(request)
        .where(lt(request.at, sql.placeholder('at')))
        .orderBy(asc(request.at))
        .limit(FORGET),
    )
  }

  /**
   * Runs `first` unless the request has been answered or is being answered, which is looked up before.
   * Throws `IDEMPOTENCY_KEY_REUSED`.
   */
  once(scope: number, requestId: string, digest: string, first: () => Promise<Answer>): Promise<Answer> {
    return this.#alone(
      scope,
      requestId,
      digest,
      async () => (await this.#earlier(scope, requestId, digest)) ?? (await first()),
    )
  }

  /**
   * The same for work that writes the request's row in one unit with all it does, and does nothing beside: it runs
   * first. A repeat is either refused, or its unit is, since that row is there already; only then is it looked up.
   */
  onceWritten(scope: number, requestId: string, digest: string, first: () => Promise<Answer>): Promise<Answer> {
    return this.#alone(scope, requestId, digest, async () => {
      try {
        return await first()
      } catch (error) {
        if (!(error instanceof Rejection || isDuplicate(error))) throw error
        const earlier = await this.#earlier(scope, requestId, digest)
        if (!earlier) throw error
        return earlier
      }
    })
  }

  async #alone(scope: number, requestId: string, digest: string, work: () => Promise<Answer>): Promise<Answer> {
    const key = `${scope} ${requestId}`
    for (let running = this.#running.get(key); running; running = this.#running.get(key)) {
      if (running.digest === digest) return running.answer
      // Whether the id is taken is known when that one is on disk: one that was refused, or failed, has not taken it.
      const isTaken = await running.answer.then(
        () => true,
        () => false,
      )
      if (isTaken) throw reused(requestId)
    }
    const answer = work()
    this.#running.set(key, { digest, answer })
    try {
      return await answer
    } finally {
      this.#running.delete(key)
    }
  }

  /** The answer this very request was given before; null when there is none. */
  async before(scope: number, requestId: string, digest: string): Promise<Answer | null> {
    const [earlier] = await this.#find.execute({ scope, requestId: keepable(requestId) })
    return earlier?.digest === digest ? this.answerAt(earlier.stream, earlier.sequence) : null
  }

  async #earlier(scope: number, requestId: string, digest: string): Promise<Answer | null> {
    const [earlier] = await this.#find.execute({ scope, requestId: keepable(requestId) })
    if (!earlier) return null
    if (earlier.digest !== digest) throw reused(requestId)
    return this.answerAt(earlier.stream, earlier.sequence)
  }

  /** The answer a trail row gave: its facts, without those that have been erased. */
  async answerAt(stream: number, sequence: number): Promise<Answer> {
    if (sequence === UNRECORDED) return { stream, sequence, facts: [] }
    const found = await readRow(this.#store, stream, sequence)
    if (!found) throw new Error(`Expected trail row ${sequence} of stream ${stream}, which an answered request names`)
    const facts = readRecords(found.row.heads, found.records).slice(1)
    return { stream, sequence, facts: facts.filter((fact) => fact !== null) as unknown as readonly Fact[] }
  }

  /** Changes that forget requests answered before a time, the oldest first, a bounded number of them. */
  async answeredBefore(at: number): Promise<readonly RowChange[]> {
    return (await this.#old.execute({ at })).map((row) => remove('request', row))
  }

  /** The row that remembers a request, written with its command. */
  row(
    scope: number,
    requestId: string,
    digest: string,
    answer: { stream: number; sequence: number; at: number },
  ): RowChange {
    return insert('request', { scope, requestId: keepable(requestId), digest, ...answer })
  }

  /** The same where there may be none: `digest` is null for a request that nobody can repeat. */
  rows(
    scope: number,
    requestId: string,
    digest: string | null,
    answer: { stream: number; sequence: number; at: number },
  ): readonly RowChange[] {
    return digest === null ? [] : [this.row(scope, requestId, digest, answer)]
  }
}

function reused(requestId: string): Rejection {
  return new Rejection('IDEMPOTENCY_KEY_REUSED', { requestId })
}
