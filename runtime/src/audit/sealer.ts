import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import { insert, type RowChange } from '../db/row-change.ts'
import type { Store, WriteResult, WriteUnit } from '../db/store.ts'
import type { HashAlgorithm } from './algorithm.ts'
import type { CheckpointFolder } from './checkpoint-file.ts'
import type { KeyRing } from './key-ring.ts'
import { GrowingTree } from './merkle.ts'
import type { Signer } from './signing.ts'
import { checkpointBody, digestOfBody, type KnownKey } from './statement.ts'
import { openTree } from './tree-store.ts'
import { Unsealed } from './unsealed.ts'

/** Leaves written in one transaction, and in one turn. */
const BATCH = 500
const TURN = 5_000
/** A checkpoint is signed after so many rows, or so many milliseconds when there is a row at all. */
const ROWS_A_CHECKPOINT = 1_000
const CHECKPOINT_EVERY = 10 * 60_000
/** How long who seals is the only one, where several servers share a database. */
const LEASE = 60_000

/** What a sealer stands on. */
export interface SealerParts {
  readonly store: Store
  readonly clock: { now(): number }
  /** Of the tree; a new tree begins when the one there is has another. */
  readonly algorithm: HashAlgorithm
  readonly keys: KeyRing
  /** The way in to the database. */
  readonly write: (unit: WriteUnit) => Promise<WriteResult>
  /** Writes a fact of the stream of security, with rows of its own. */
  readonly record: (
    kind: string,
    value: { [name: string]: string | number },
    changes: readonly RowChange[],
  ) => Promise<void>
  /** Where checkpoints are copied to. */
  readonly folders: readonly CheckpointFolder[]
  /** Milliseconds of the machine between two turns, at least: what comes in between shares one transaction. */
  readonly pause?: number
  readonly report: (what: string, error: unknown) => void
}

interface Growing {
  readonly number: number
  readonly tree: GrowingTree
  /** Size at its last checkpoint. */
  sealed: number
  /** When the oldest row came that no checkpoint proves; null when there is none. */
  waitingSince: number | null
}

/**
 * Seals the trail: numbers committed rows as leaves of a Merkle tree and signs its size and root from time to time. It
 * works beside the commands, a bounded part a turn, and never within their transactions.
 */
export class Sealer {
  readonly #parts: SealerParts
  readonly #holder = randomUUID()
  #leasedUntil = Number.NEGATIVE_INFINITY
  readonly #unsealed: Unsealed
  #growing: Growing | null = null
  #filesAt = -1
  #turnedAt = Number.NEGATIVE_INFINITY
  /** What was told of last. */
  #told = { text: '', at: 0 }

  constructor(parts: SealerParts) {
    this.#parts = parts
    this.#unsealed = new Unsealed(parts.store)
  }

  /** Told of a stream that has a new row. */
  note(stream: number): void {
    this.#unsealed.note(stream)
  }

  /** One turn: a bounded number of rows, and a checkpoint when it is time. What fails is tried again in the next. */
  async turn(): Promise<void> {
    if (performance.now() - this.#turnedAt < (this.#parts.pause ?? 0)) return
    this.#turnedAt = performance.now()
    try {
      if (!(await this.#isHolder())) return
      await this.#unsealed.sweep(this.#parts.clock.now(), false)
      await this.#sealWaiting(TURN)
      const growing = await this.#open()
      const now = this.#parts.clock.now()
      const rows = growing.tree.size - growing.sealed
      // A clock that was set back counts from where it is now.
      const since = Math.min(growing.waitingSince ?? now, now)
      if (rows > 0) growing.waitingSince = since
      if (rows >= ROWS_A_CHECKPOINT || (rows > 0 && now - since >= CHECKPOINT_EVERY)) await this.#sign(growing)
      await this.#bringFiles()
    } catch (error) {
      this.#growing = null
      this.#tell('seal', error)
    }
  }

  /** Seals every row there is and signs a checkpoint now. Throws what keeps it from that. */
  async seal(): Promise<void> {
    if (!(await this.#isHolder())) throw new Error('Expected to seal the trail, but another server does')
    await this.#unsealed.sweep(this.#parts.clock.now(), true)
    await this.#sealWaiting(Number.POSITIVE_INFINITY)
    const growing = await this.#open()
    if (growing.tree.size > growing.sealed) await this.#sign(growing)
    await this.#bringFiles()
  }

  /** Lets another server go on sealing at once. */
  async close(): Promise<void> {
    const { store } = this.#parts
    if (store.dialect === 'libsql' || this.#leasedUntil === Number.NEGATIVE_INFINITY) return
    const { lease } = store.tables
    const mine = and(eq(lease.name, 'checkpoint'), eq(lease.holder, this.#holder))
    // A lease that cannot be given back runs out.
    await Promise.resolve(store.single.delete(lease).where(mine)).catch(() => {})
  }

  /**
   * Whether this sealer is the only one. On a libSQL file the lock of the server says so; where servers share a database,
   * a lease does, for a while.
   */
  async #isHolder(): Promise<boolean> {
    const { store, clock } = this.#parts
    if (store.dialect === 'libsql') return true
    const now = clock.now()
    const left = this.#leasedUntil - now
    if (left > LEASE / 2 && left <= LEASE) return true
    const { lease } = store.tables
    const row = { holder: this.#holder, takenAt: now }
    const isFree = or(eq(lease.holder, this.#holder), lt(lease.takenAt, now - LEASE), gt(lease.takenAt, now + LEASE))
    const taken = await store.single
      .insert(lease)
      .values({ name: 'checkpoint', epoch: 1, ...row })
      .onConflictDoUpdate({ target: lease.name, set: { ...row, epoch: sql`${lease.epoch} + 1` }, setWhere: isFree! })
      .returning({ holder: lease.holder })
    const isMine = taken.length > 0
    // Somebody else may have sealed meanwhile: what is known of the tree is read anew.
    if (!isMine || left <= 0) this.#growing = null
    if (isMine) this.#leasedUntil = now + LEASE
    return isMine
  }

  async #sealWaiting(most: number): Promise<void> {
    let left = most
    while (left > 0 && !this.#unsealed.isEmpty) {
      left -= await this.#sealBatch(Math.min(BATCH, left))
      await nextTurn()
    }
  }

  /** Numbers up to `limit` rows as the next leaves. Gives how many, at least 1 for its trouble. */
  async #sealBatch(limit: number): Promise<number> {
    const growing = await this.#open()
    const { number: tree } = growing
    const rows = await this.#unsealed.take(limit)
    const changes: RowChange[] = []
    for (const row of rows) {
      changes.push(insert('leaf', { tree, number: growing.tree.size, ...row }))
      growing.tree.append(row.hash, (level, number, hash) =>
        changes.push(insert('treeNode', { tree, level, number, hash })),
      )
    }
    const [lock, ...rest] = changes
    if (!lock) return 1
    try {
      await this.#written({ lock, changes: rest, owner: null })
    } catch (error) {
      for (const { stream } of rows) this.#unsealed.note(stream)
      throw error
    }
    return rows.length
  }

  /** The tree that grows now: the last one, or a new one when that has another algorithm or there is none. */
  async #open(): Promise<Growing> {
    if (this.#growing) return this.#growing
    const { store, algorithm } = this.#parts
    const { merkleTree, checkpoint } = store.tables
    const [last] = await store.read.select().from(merkleTree).orderBy(desc(merkleTree.tree)).limit(1)
    const found = last ? await openTree(store, last.tree) : null
    if (found && last) {
      const [signed] = await store.read
        .select()
        .from(checkpoint)
        .where(eq(checkpoint.tree, last.tree))
        .orderBy(desc(checkpoint.number))
        .limit(1)
      const tree = await GrowingTree.open(found.tree, found.size)
      const sealed = signed?.size ?? 0
      const growing = { number: last.tree, tree, sealed, waitingSince: await this.#timeOf(last.tree, sealed) }
      if (last.algorithm === algorithm) {
        this.#growing = growing
        return growing
      }
      if (growing.tree.size > growing.sealed) await this.#sign(growing)
    }
    const number = (last?.tree ?? 0) + 1
    await this.#written({ lock: insert('merkleTree', { tree: number, algorithm }), changes: [], owner: null })
    const tree = new GrowingTree(algorithm, 0, [])
    this.#growing = { number, tree, sealed: 0, waitingSince: null }
    return this.#growing
  }

  /** When the row of a leaf was written; null when there is no such leaf. */
  async #timeOf(tree: number, number: number): Promise<number | null> {
    const { leaf, trail } = this.#parts.store.tables
    const [row] = await this.#parts.store.read
      .select({ at: trail.at })
      .from(leaf)
      .innerJoin(trail, and(eq(trail.stream, leaf.stream), eq(trail.sequence, leaf.sequence)))
      .where(and(eq(leaf.tree, tree), eq(leaf.number, number)))
    return row?.at ?? null
  }

  /** Signs the tree as it is now. */
  async #sign(growing: Growing): Promise<void> {
    const { store, clock } = this.#parts
    const { checkpoint } = store.tables
    const { key, signer } = await this.#signer()
    const [last] = await store.read.select().from(checkpoint).orderBy(desc(checkpoint.number)).limit(1)
    const at = clock.now()
    const { size } = growing.tree
    const number = (last?.number ?? 0) + 1
    const body = checkpointBody({
      origin: key.origin,
      number,
      tree: growing.number,
      size,
      algorithm: growing.tree.algorithm,
      root: growing.tree.root()!,
      at,
      keyId: key.keyId,
      previous: last ? digestOfBody(last.body) : null,
    })
    const row = { number, tree: growing.number, size, at, keyId: key.keyId, body, signature: signer.sign(body) }
    await this.#written({ lock: insert('checkpoint', row), changes: [], owner: null })
    growing.sealed = size
    growing.waitingSince = null
  }

  /** The key in force with its signer; the first key is made when there is none. */
  async #signer(): Promise<{ readonly key: KnownKey; readonly signer: Signer }> {
    const { keys, record, clock } = this.#parts
    let key = (await keys.keys()).at(-1)
    if (!key) {
      const row = await keys.next('ed25519', 'first', clock.now())
      await record('signingKey.created', { number: row.number, keyId: row.keyId, body: row.body }, [
        insert('signingKey', row),
      ])
      key = (await keys.keys()).at(-1)!
    }
    return { key, signer: await keys.signer(key) }
  }

  async #bringFiles(): Promise<void> {
    const { folders, store } = this.#parts
    const { checkpoint } = store.tables
    const [last] = await store.read
      .select({ number: checkpoint.number })
      .from(checkpoint)
      .orderBy(desc(checkpoint.number))
      .limit(1)
    if (!last || last.number === this.#filesAt) return
    const results = await Promise.allSettled(folders.map((folder) => folder.bring()))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) this.#tell('copy of checkpoints', failed.reason)
    else this.#filesAt = last.number
  }

  /** Tells of what fails in turn after turn once, and again after a while. */
  #tell(what: string, error: unknown): void {
    const text = `${what}: ${error instanceof Error ? error.message : error}`
    const now = this.#parts.clock.now()
    const isNew = text !== this.#told.text || now < this.#told.at || now - this.#told.at >= CHECKPOINT_EVERY
    if (!isNew) return
    this.#told = { text, at: now }
    this.#parts.report(what, error)
  }

  async #written(unit: WriteUnit): Promise<void> {
    const result = await this.#parts.write(unit)
    if (result.outcome === 'written') return
    this.#growing = null
    throw result.outcome === 'failed'
      ? result.error
      : new Error('Expected to be the only sealer, but another has sealed')
  }
}
