import { StorageError } from '../db/storage-error.ts'
import type { Store, WriteResult, WriteUnit } from '../db/store.ts'

interface Waiting {
  readonly unit: WriteUnit
  readonly bytes: number
  readonly since: number
  readonly done: (result: WriteResult) => void
  readonly failed: (error: StorageError) => void
}

export interface Health {
  readonly status: 'up' | 'storage_unavailable'
  readonly reason: string | null
}

/** How much waits to be written, and how the last group went. */
export interface WriterFigures {
  readonly queued: number
  readonly queuedBytes: number
  /** How long the unit that has waited longest has been waiting, in ms. */
  readonly queuedFor: number
  readonly groups: number
  readonly units: number
  readonly failedGroups: number
  readonly lastGroupMs: number
  readonly lastGroupUnits: number
}

/** A group that was written, or failed: how many units, and how long it took. */
export interface WrittenGroup {
  readonly units: number
  readonly ms: number
}

/** Commands in one group, the most. */
const GROUP = 128
/** Rows in one group: as many as are written while nothing else gets a turn. */
const ROWS = { most: 4_096, least: 512 } as const
/** A group that takes longer makes the next one smaller; one that takes less than half of it makes it larger. */
const GROUP_MS = 250

/**
 * The one way in: units are queued and written in their order, many to a transaction (group commit). What arrives while
 * a group is being written goes into the next. A group is bounded by the number of its units, by that of their rows, and
 * by the time the groups before have taken.
 */
export class Writer {
  readonly #store: Store
  readonly #limit: number
  readonly #now: () => number
  #queue: Waiting[] = []
  #bytes = 0
  #rows: number = ROWS.most
  #running: Promise<void> | null = null
  #health: Health = { status: 'up', reason: null }
  #groups = 0
  #units = 0
  #failedGroups = 0
  #last = { ms: 0, units: 0 }

  /**
   * `limit` bounds the queue for good. Callers are turned away long before (`Admission`); what gets here has been judged,
   * and a unit that is not taken costs its stream everything that was judged on it.
   */
  constructor(store: Store, limit = 20_000, now = () => performance.now()) {
    this.#store = store
    this.#now = now
    this.#limit = limit
  }

  #onTrailRow: (stream: number) => void = () => {}

  /** Has somebody told of the stream of each row of the trail that is on disk. */
  onTrailRow(listener: (stream: number) => void): void {
    this.#onTrailRow = listener
  }

  #onGroup: (group: WrittenGroup) => void = () => {}

  /** Has somebody told of each group, on disk or not. */
  onGroup(listener: (group: WrittenGroup) => void): void {
    this.#onGroup = listener
  }

  /** What the last group met. */
  get health(): Health {
    return this.#health
  }

  /** What waits and how the last group went. */
  get figures(): WriterFigures {
    const oldest = this.#queue[0]
    return {
      queued: this.#queue.length,
      queuedBytes: this.#bytes,
      queuedFor: oldest ? this.#now() - oldest.since : 0,
      groups: this.#groups,
      units: this.#units,
      failedGroups: this.#failedGroups,
      lastGroupMs: this.#last.ms,
      lastGroupUnits: this.#last.units,
    }
  }

  /** Queues a unit; resolves after the COMMIT of its group, throws `StorageError` when the group is not on disk. */
  write(unit: WriteUnit): Promise<WriteResult> {
    if (this.#queue.length >= this.#limit) return Promise.reject(new StorageError('QUEUE_FULL', null))
    return new Promise((done, failed) => {
      const bytes = sizeOf(unit)
      this.#bytes += bytes
      this.#queue.push({ unit, bytes, since: this.#now(), done, failed })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing is queued or being written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that everything that is ready now shares a group.
    await new Promise((turn) => setImmediate(turn))
    while (this.#queue.length > 0) {
      const { group, rows } = this.#next()
      const begin = this.#now()
      try {
        const results = await this.#store.write(group.map(({ unit }) => unit))
        this.#health = { status: 'up', reason: null }
        for (const [i, { unit, done }] of group.entries()) {
          done(results[i]!)
          if (results[i]!.outcome === 'written' && unit.lock?.op === 'insert' && unit.lock.table === 'trail')
            this.#onTrailRow(unit.lock.row.stream)
        }
      } catch (error) {
        this.#fail(group, error instanceof StorageError ? error : new StorageError('UNKNOWN', error))
      }
      this.#measure(this.#now() - begin, group.length, rows)
      if (this.#queue.length > 0) await new Promise((turn) => setImmediate(turn))
    }
    this.#running = null
  }

  /** Takes the next group out of the queue: at least one unit. */
  #next(): { readonly group: readonly Waiting[]; readonly rows: number } {
    let count = 0
    let rows = 0
    while (count < this.#queue.length && count < GROUP) {
      const more = this.#queue[count]!.unit.changes.length + 1
      if (count > 0 && rows + more > this.#rows) break
      rows += more
      count += 1
    }
    const group = this.#queue.splice(0, count)
    for (const { bytes } of group) this.#bytes -= bytes
    return { group, rows }
  }

  /** The group is not on disk, as far as anybody knows: nothing that was judged on it holds. */
  #fail(group: readonly Waiting[], error: StorageError): void {
    this.#health = { status: 'storage_unavailable', reason: error.code }
    this.#failedGroups += 1
    for (const { unit, failed } of group) {
      if (unit.owner) unit.owner.failed = true
      failed(error)
    }
  }

  #measure(ms: number, units: number, rows: number): void {
    this.#groups += 1
    this.#units += units
    this.#last = { ms, units }
    this.#onGroup(this.#last)
    if (ms > GROUP_MS && rows > ROWS.least) this.#rows = Math.max(ROWS.least, this.#rows >> 1)
    else if (ms < GROUP_MS / 2 && this.#rows < ROWS.most) this.#rows *= 2
  }
}

/** Bytes of what is large in a unit: the texts of its records and of its snapshot. */
function sizeOf({ changes }: WriteUnit): number {
  let bytes = 0
  for (const change of changes) {
    if (change.op !== 'insert' && change.op !== 'upsert') continue
    if (change.table === 'payload') bytes += lengthOf((change.row as { readonly records?: unknown }).records)
    else if (change.table === 'snapshot') bytes += lengthOf((change.row as { readonly state?: unknown }).state)
  }
  return bytes
}

const lengthOf = (text: unknown): number => (typeof text === 'string' ? text.length : 0)
