import type { Actor } from '@bihuan/engine'
import { and, desc, eq, gt, lte, max, min, sql } from 'drizzle-orm'
import { readRecords } from '../audit/chain.ts'
import { update } from '../db/row-change.ts'
import type { OutboxKind } from '../db/schema/outbox.ts'
import type { LogState, Store } from '../db/store.ts'
import type { Clock } from './clock.ts'
import type { ClockTrust } from './clock-trust.ts'
import { type ClockJump, ClockWatch } from './clock-watch.ts'
import type { Messages } from './messages.ts'
import type { Requests } from './requests.ts'
import type { Room } from './room.ts'
import type { SystemStream } from './system-stream.ts'
import { systemStreams } from './system-stream.ts'
import type { Writer } from './writer.ts'

const DAY = 86_400_000
/** A clock that was behind by less while the server was down has been corrected, not set. */
const BEHIND = 10_000
const actor: Actor = { type: 'system', id: 'clock' }

export interface WatchParts {
  readonly store: Store
  readonly writer: Writer
  readonly requests: Pick<Requests, 'answeredBefore'>
  readonly messages: Pick<Messages, 'expiredBefore'>
  readonly room: Room
  readonly clock: Clock
  readonly steady: () => number
  readonly trust: ClockTrust
  /** The stream in which jumps of the clock are recorded. */
  readonly stream: SystemStream
  /** Days for which answered requests are remembered. */
  readonly requestDays: number
  readonly report: (what: string, error: unknown) => void
}

/**
 * What a host looks after beside its work: room on the disk, the write-ahead log, the clock, whether a disk that failed is
 * back, and what is over: requests that were answered long ago, messages whose time to live has passed.
 */
export class Watch {
  readonly #parts: WatchParts
  readonly #clock: ClockWatch
  #log: LogState = { bytes: 0, isHeld: false }
  #hasLooked = false

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#clock = new ClockWatch(parts.clock, parts.steady)
  }

  /** The write-ahead log as it was last found. */
  get log(): LogState {
    return this.#log
  }

  /** Looks at everything once. What fails is reported, and looked at again the next time. */
  async look(): Promise<void> {
    await this.#parts.room.look()
    await this.#guarded('disk', () => this.#probe())
    await this.#guarded('write-ahead log', async () => {
      this.#log = this.#parts.store.tendLog?.() ?? this.#log
    })
    if (this.#parts.writer.health.status !== 'up') return
    await this.#guarded('clock', () => this.#lookAtClock())
    if (this.#parts.room.isLow) return
    await this.#guarded('what is over', () => this.#forget())
  }

  async #guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#parts.report(what, error)
    }
  }

  /** Tries whether a disk that failed takes writes again: otherwise nobody would know before somebody writes. */
  async #probe(): Promise<void> {
    const { writer, clock } = this.#parts
    if (writer.health.status === 'up') return
    const takenAt = clock.now()
    // A failure is where it was already: in the health.
    await writer
      .write({ lock: null, changes: [update('lease', { takenAt }, { name: 'writer' })], owner: null })
      .catch(() => {})
  }

  async #lookAtClock(): Promise<void> {
    const jump = this.#clock.look() ?? (this.#hasLooked ? null : await this.#behind())
    this.#hasLooked = true
    if (!jump) return
    this.#parts.trust.doubt()
    await this.#jumped(jump)
  }

  /** Whether the clock shows less than in the latest row of the trail: it was set back while nobody looked. */
  async #behind(): Promise<ClockJump | null> {
    const { store, clock } = this.#parts
    const { trail } = store.tables
    const [last] = await store.read.select({ at: max(trail.at) }).from(trail)
    const to = clock.now()
    if (last?.at == null || last.at - to < BEHIND || (await this.#isTold(last.at))) return null
    return { from: last.at, to }
  }

  /** Whether the last jump that was recorded came after this time: rows from before it stay where they are. */
  async #isTold(at: number): Promise<boolean> {
    const { trail, payload } = this.#parts.store.tables
    const [told] = await this.#parts.store.read
      .select({ heads: trail.heads, records: payload.records })
      .from(trail)
      .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
      .where(and(eq(trail.stream, systemStreams.security), eq(trail.kind, 'clock.jumped')))
      .orderBy(desc(trail.sequence))
      .limit(1)
    const [record] = told ? readRecords(told.heads, told.records) : []
    return record != null && (record.value as ClockJump).from >= at
  }

  /**
   * Records the jump: who reads the trail sees why times stand in another order than rows. After a jump back, what was to
   * be done at once is still to be done at once, and messages that were over for a while are offered again to those who
   * came meanwhile; timers are times of the clock and come when it shows them.
   */
  async #jumped({ from, to }: ClockJump): Promise<void> {
    const { store, stream } = this.#parts
    const value = { from, to, by: to - from }
    await stream.append({ at: to, actor, requestId: '' }, () => ({
      command: { kind: 'clock.jumped', key: null, version: 1, value },
      facts: [],
      changes: [],
    }))
    if (to >= from) return
    const { single, tables } = store
    const { outbox, delivery, job, message } = tables
    const back = from - to
    await single
      .update(outbox)
      .set({ dueAt: to })
      .where(and(gt(outbox.dueAt, to), lte(outbox.dueAt, from)))
    const again = store.read
      .select({
        key: message.key,
        kind: sql<OutboxKind>`'message.correlate'`.as('kind'),
        dueAt: sql<number>`cast(${to} as bigint)`.as('due_at'),
        mark: sql<number>`0`.as('mark'),
      })
      .from(message)
      .where(gt(message.expiresAt, to))
    await single.insert(outbox).select(again).onConflictDoNothing()
    // Pauses and loans have as long to go as they had, none when they were over: nobody waits until the clock has caught
    // up with them.
    const lent = sql`${job.lentUntil} - ${back}`
    await single.update(job).set({ lentUntil: lent }).where(gt(job.lentUntil, to))
    const tried = sql`${job.retryAt} - ${back}`
    await single
      .update(job)
      .set({ retryAt: tried })
      .where(and(eq(job.state, 'failed'), gt(job.retryAt, to)))
    const paused = sql`${delivery.dueAt} - ${back}`
    await single.update(delivery).set({ dueAt: paused }).where(gt(delivery.dueAt, to))
  }

  async #forget(): Promise<void> {
    const { requests, messages, writer, store, clock, trust, requestDays } = this.#parts
    // By a clock that is set ahead by mistake every answer would be forgotten, each repeat be done once more, and no
    // message wait for who is still to come.
    if (!trust.isTrusted) return
    const now = clock.now()
    // A signal under way is handed on again to all who have had it, and these answers keep it from being heard twice.
    const { signal } = store.tables
    const [underWay] = await store.read.select({ since: min(signal.broadcastAt) }).from(signal)
    const changes = [
      ...(await requests.answeredBefore(Math.min(now - requestDays * DAY, underWay?.since ?? now))),
      ...(await messages.expiredBefore(now)),
    ]
    if (changes.length > 0) await writer.write({ lock: null, changes, owner: null })
  }
}
