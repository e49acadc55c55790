import { type DefinitionBundle, type Fact, fold, type Key, Rejection, type StateJson } from '@bihuan/engine'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { emptyHead, readRecords } from '../audit/chain.ts'
import type { Store } from '../db/store.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import { startActor } from './instance-actor.ts'
import type { OnPoint } from './kill-point.ts'
import { LiveInstance, SNAPSHOT_FORMAT } from './live-instance.ts'
import { prepared } from './prepared.ts'
import type { Writer } from './writer.ts'

/**
 * The instances in memory, the least used put away first. An instance is loaded from its snapshot and the rows after it.
 */
export class Instances {
  readonly #live = new Map<number, LiveInstance>()
  readonly #loading = new Map<number, Promise<LiveInstance>>()
  readonly #writer: Writer
  readonly #bundle: (definitionKey: Key) => Promise<DefinitionBundle>
  readonly #limit: number
  readonly #rowsPerSnapshot: number
  readonly #point: OnPoint
  readonly #snapshot
  readonly #stream
  readonly #rows

  constructor(
    store: Store,
    writer: Writer,
    bundle: (definitionKey: Key) => Promise<DefinitionBundle>,
    limits: { readonly liveLimit: number; readonly rowsPerSnapshot: number },
    point: OnPoint,
  ) {
    this.#writer = writer
    this.#bundle = bundle
    this.#limit = limits.liveLimit
    this.#rowsPerSnapshot = limits.rowsPerSnapshot
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

  /** The instance of a stream, loaded when it is not in memory. Throws `NOT_FOUND`. */
  async get(stream: number): Promise<LiveInstance> {
    const live = this.#live.get(stream)
    if (live) {
      if (!live.owner.failed) {
        // Last in the map is used last.
        this.#live.delete(stream)
        this.#live.set(stream, live)
        return live
      }
      this.#live.delete(stream)
      // What it had queued has to be settled before the rows are read again.
      await live.settled()
    }
    let loading = this.#loading.get(stream)
    if (!loading) {
      loading = this.#load(stream).finally(() => this.#loading.delete(stream))
      this.#loading.set(stream, loading)
    }
    return loading
  }

  /** A new instance, in a stream without rows. */
  create(stream: number, bundle: DefinitionBundle): LiveInstance {
    return new LiveInstance(stream, startActor(bundle, stream, null), emptyHead, 0, this.#rowsPerSnapshot)
  }

  /** Takes in a new instance. */
  add(instance: LiveInstance): void {
    this.#live.set(instance.stream, instance)
    this.#evict()
  }

  /** Forgets an instance, so that the next command reads it anew. */
  drop(instance: LiveInstance): void {
    instance.owner.failed = true
    if (this.#live.get(instance.stream) === instance) this.#live.delete(instance.stream)
  }

  /** Puts every instance away with a snapshot. */
  async putAway(): Promise<void> {
    const all = [...this.#live.values()]
    this.#live.clear()
    await Promise.allSettled(
      all
        .filter((live) => live.hasNewRows && !live.hasEnded && !live.owner.failed)
        .map((live) => this.#writer.write(live.snapshotUnit())),
    )
  }

  async #load(stream: number): Promise<LiveInstance> {
    const [head] = stream >= FIRST_INSTANCE_STREAM ? await this.#stream.execute({ stream }) : []
    if (!head) throw new Rejection('NOT_FOUND', { stream })
    const [found] = await this.#snapshot.execute({ stream })
    const snapshot = found?.format === SNAPSHOT_FORMAT && found.sequence <= head.sequence ? found : null
    const saved = snapshot ? (JSON.parse(snapshot.state) as StateJson) : null
    const facts: Fact[] = []
    let sequence = snapshot?.sequence ?? 0
    for (const row of await this.#rows.execute({ stream, after: sequence })) {
      // Rows that came after the head was read are left to the conflict they will cause.
      if (row.sequence > head.sequence) break
      const records = readRecords(row.heads, row.records).slice(1)
      if (records.includes(null)) throw new Error(`Expected the facts of stream ${stream}, but some have been erased`)
      facts.push(...(records as unknown as Fact[]))
      sequence = row.sequence
    }
    if (sequence !== head.sequence)
      throw new Error(`Expected ${head.sequence} rows of stream ${stream}, but found ${sequence}`)
    const definitionKey = saved?.instance?.definitionKey ?? createdOf(facts)
    if (definitionKey === null) throw new Rejection('NOT_FOUND', { stream })
    const actor = startActor(await this.#bundle(definitionKey), stream, saved)
    fold(actor.state, facts)
    const { hash, records } = head
    const snapshotAt = snapshot?.sequence ?? 0
    const live = new LiveInstance(stream, actor, { sequence, hash, records }, snapshotAt, this.#rowsPerSnapshot)
    this.add(live)
    return live
  }

  #evict(): void {
    if (this.#live.size <= this.#limit) return
    for (const [stream, live] of this.#live) {
      if (this.#live.size <= this.#limit) return
      if (!live.isIdle) continue
      this.#live.delete(stream)
      // An ended case is hardly read again: its few rows are folded when it is.
      if (live.owner.failed || !live.hasNewRows || live.hasEnded) continue
      this.#point('snapshot.eviction')
      // A lost snapshot costs a longer load and nothing else.
      this.#writer.write(live.snapshotUnit()).catch(() => {})
    }
  }
}

function createdOf(facts: readonly Fact[]): Key | null {
  const created = facts[0]
  return created?.kind === 'processInstance.created' ? created.value.definitionKey : null
}
