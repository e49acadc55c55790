import { type DefinitionBundle, type Fact, fold, type Key, Rejection, type State, type StateJson } from '@bihuan/engine'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { HashAlgorithm } from '../audit/algorithm.ts'
import { emptyHead, readRecords } from '../audit/chain.ts'
import { prepared } from '../db/prepared.ts'
import type { Store } from '../db/store.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import { startActor } from './instance-actor.ts'
import type { OnPoint } from './kill-point.ts'
import { LiveInstance, SNAPSHOT_FORMAT } from './live-instance.ts'
import type { Writer } from './writer.ts'

/** How much of the instances is kept in memory, and how they are written. */
export interface InstanceLimits {
  readonly liveLimit: number
  /** Bytes of their states as text. */
  readonly liveBytes: number
  readonly rowsPerSnapshot: number
  readonly hash: HashAlgorithm
}

/**
 * The instances in memory, the least used put away first. An instance is loaded from its snapshot and the rows after it.
 */
export class Instances {
  readonly #live = new Map<number, LiveInstance>()
  readonly #loading = new Map<number, Promise<LiveInstance>>()
  #bytes = 0
  readonly #writer: Writer
  readonly #bundle: (definitionKey: Key) => Promise<DefinitionBundle>
  readonly #how: InstanceLimits
  readonly #point: OnPoint
  readonly #wake: (stream: number) => Promise<void>
  readonly #snapshot
  readonly #stream
  readonly #rows

  constructor(
    store: Store,
    writer: Writer,
    bundle: (definitionKey: Key) => Promise<DefinitionBundle>,
    limits: InstanceLimits,
    point: OnPoint,
    /** Puts the rows of a stream that is at rest back where they are read. */
    wake: (stream: number) => Promise<void>,
  ) {
    this.#wake = wake
    this.#writer = writer
    this.#bundle = bundle
    this.#how = limits
    this.#point = point
    const { snapshot, stream, trail, payload } = store.tables
    const { read } = store
    const here = sql.placeholder('stream')
    this.#snapshot = prepared('snapshot_of', read.select().from(snapshot).where(eq(snapshot.stream, here)))
    this.#stream = prepared('stream_of', read.select().from(stream).where(eq(stream.stream, here)))
    this.#rows = prepared(
      'rows_after',
      read
        .select({ sequence: trail.sequence, heads: trail.heads, records: payload.records })
        .from(trail)
        .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
        .where(and(eq(trail.stream, here), gt(trail.sequence, sql.placeholder('after'))))
        .orderBy(asc(trail.sequence)),
    )
  }

  /** How many are in memory, and the bytes of their states as text. */
  get figures(): { readonly liveInstances: number; readonly liveBytes: number } {
    return { liveInstances: this.#live.size, liveBytes: this.#bytes }
  }

  /** The instance of a stream, loaded when it is not in memory. Throws `NOT_FOUND`. */
  async get(stream: number): Promise<LiveInstance> {
    const live = this.#live.get(stream)
    if (live) {
      if (!live.owner.failed) {
        // Last in the map is used last.
        this.#live.delete(stream)
        this.add(live)
        return live
      }
      this.#forget(live)
    }
    let loading = this.#loading.get(stream)
    if (!loading) {
      loading = this.#load(stream, live).finally(() => this.#loading.delete(stream))
      this.#loading.set(stream, loading)
    }
    return loading
  }

  /** A new instance, in a stream without rows. */
  create(stream: number, bundle: DefinitionBundle): LiveInstance {
    return new LiveInstance(stream, startActor(bundle, stream, null), emptyHead, 0, this.#how)
  }

  /** Takes in an instance as the one used last. */
  add(instance: LiveInstance): void {
    this.#live.set(instance.stream, instance)
    this.#bytes += instance.bytes - instance.counted
    instance.counted = instance.bytes
    this.#evict()
  }

  #forget(instance: LiveInstance): void {
    this.#live.delete(instance.stream)
    this.#bytes -= instance.counted
    instance.counted = 0
  }

  /** Nothing stands on an instance any more: the next command reads it anew, when what it had queued is settled. */
  drop(instance: LiveInstance): void {
    instance.owner.failed = true
    if (instance.isIdle && this.#live.get(instance.stream) === instance) this.#forget(instance)
  }

  /** Forgets whatever is in memory of a stream. */
  forget(stream: number): void {
    const live = this.#live.get(stream)
    if (!live) return
    live.owner.failed = true
    this.#forget(live)
  }

  /** Whether a stream is in memory and can be used as it is there. */
  isLive(stream: number): boolean {
    return this.#live.get(stream)?.owner.failed === false
  }

  /** Forgets a stream unless somebody works on it. Gives whether nothing of it is in memory. */
  release(stream: number): boolean {
    const live = this.#live.get(stream)
    if (this.#loading.has(stream) || (live && !live.isIdle)) return false
    this.forget(stream)
    return true
  }

  /** Puts every instance away with a snapshot. */
  async putAway(): Promise<void> {
    const all = [...this.#live.values()]
    for (const live of all) this.#forget(live)
    await Promise.allSettled(
      all
        .filter((live) => live.hasNewRows && !live.hasEnded && !live.owner.failed)
        .map((live) => this.#writer.write(live.snapshotUnit())),
    )
  }

  /**
   * What `read` finds in the state of a stream that is on disk: what is in memory stays, and nothing is taken in. Throws
   * `NOT_FOUND`.
   */
  async look<T>(stream: number, read: (state: State) => T): Promise<T> {
    const live = this.#live.get(stream)
    while (live && !live.isIdle) await live.settled()
    const { actor } = live && !live.owner.failed ? live : await this.#read(stream)
    return read(actor.state)
  }

  /** Loads an instance. What `before` had queued has to be settled before its rows are read again. */
  async #load(stream: number, before: LiveInstance | undefined): Promise<LiveInstance> {
    await before?.settled()
    const live = await this.#read(stream)
    this.add(live)
    return live
  }

  async #read(stream: number): Promise<LiveInstance> {
    await this.#wake(stream)
    const [head] = stream >= FIRST_INSTANCE_STREAM ? await this.#stream.execute({ stream }) : []
    if (!head) throw new Rejection('NOT_FOUND', { stream })
    const [found] = await this.#snapshot.execute({ stream })
    const snapshot = found?.format === SNAPSHOT_FORMAT && found.sequence <= head.sequence ? found : null
    const saved = snapshot ? (JSON.parse(snapshot.state) as StateJson) : null
    const facts: Fact[] = []
    let sequence = snapshot?.sequence ?? 0
    let since = 0
    for (const row of await this.#rows.execute({ stream, after: sequence })) {
      // Rows that came after the head was read are left to the conflict they will cause.
      if (row.sequence > head.sequence) break
      const records = readRecords(row.heads, row.records).slice(1)
      if (records.includes(null)) throw new Rejection('CASE_ERASED')
      facts.push(...(records as unknown as Fact[]))
      since += row.records.length
      sequence = row.sequence
    }
    if (sequence !== head.sequence)
      throw new Error(`Expected ${head.sequence} rows of stream ${stream}, but found ${sequence}`)
    const definitionKey = definitionOf(facts) ?? saved?.instance?.definitionKey ?? null
    if (definitionKey === null) throw new Rejection('NOT_FOUND', { stream })
    const actor = startActor(await this.#bundle(definitionKey), stream, saved)
    fold(actor.state, facts)
    const { hash, records } = head
    const snapshotAt = snapshot?.sequence ?? 0
    const bytes = { saved: snapshot?.state.length ?? 0, since }
    return new LiveInstance(stream, actor, { sequence, hash, records }, snapshotAt, this.#how, bytes)
  }

  get #isOver(): boolean {
    const { liveLimit, liveBytes } = this.#how
    // The one in use stays, however large it is.
    return this.#live.size > liveLimit || (this.#bytes > liveBytes && this.#live.size > 1)
  }

  #evict(): void {
    if (!this.#isOver) return
    for (const live of this.#live.values()) {
      if (!this.#isOver) return
      if (!live.isIdle) continue
      this.#forget(live)
      // An ended case is hardly read again: its few rows are folded when it is.
      if (live.owner.failed || !live.hasNewRows || live.hasEnded) continue
      this.#point('snapshot.eviction')
      // A lost snapshot costs a longer load and nothing else.
      this.#writer.write(live.snapshotUnit()).catch(() => {})
    }
  }
}

/** The definition that facts of a case named last; null when they name none. */
function definitionOf(facts: readonly Fact[]): Key | null {
  const named = facts.findLast(
    (fact): fact is Fact<'processInstance.created' | 'processInstance.migrated'> =>
      fact.kind === 'processInstance.created' || fact.kind === 'processInstance.migrated',
  )
  return named?.value.definitionKey ?? null
}
