import { and, asc, desc, eq, gt, lte, max, sql } from 'drizzle-orm'
import { ofStore, prepared } from '../db/prepared.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { consistencyPath, inclusionPath } from './merkle.ts'
import { type Checkpoint, readCheckpoint, type Signed, type SignedKey } from './statement.ts'
import { readRow } from './stream-rows.ts'
import { findTree, openTree, type StoredTree } from './tree-store.ts'

type Readable = Pick<Store, 'read' | 'tables'>

/** Proves that a row of the trail is in the tree of a checkpoint. */
export interface InclusionProof {
  readonly stream: number
  readonly sequence: number
  /** Hash of the row; the leaf is made of it. */
  readonly hash: string
  readonly tree: number
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
}

/** A checkpoint as others are handed it. */
export type KeptCheckpoint = Signed & { readonly number: number }

const shown = ({ number, body, signature }: Row<'checkpoint'>): KeptCheckpoint => ({ number, body, signature })

/** Checkpoints after a number, oldest first, a page. */
export async function checkpointsAfter(
  store: Readable,
  after: number,
  limit: number,
): Promise<readonly KeptCheckpoint[]> {
  const { checkpoint } = store.tables
  const rows = await store.read
    .select()
    .from(checkpoint)
    .where(gt(checkpoint.number, after))
    .orderBy(asc(checkpoint.number))
    .limit(limit)
  return rows.map(shown)
}

/** The statements of all signing keys, oldest first. */
export async function signedKeys({ read, tables: { signingKey } }: Readable): Promise<readonly SignedKey[]> {
  const rows = await read.select().from(signingKey).orderBy(asc(signingKey.number))
  return rows.map(({ body, signature, previousSignature }) => ({ body, signature, previousSignature }))
}

/** Whether a checkpoint proves the last row of a stream. */
export async function isSealed({ read, tables }: Readable, stream: number): Promise<boolean> {
  const { stream: heads, leaf, checkpoint } = tables
  const [last] = await read
    .select({ tree: leaf.tree, number: leaf.number })
    .from(heads)
    .innerJoin(leaf, and(eq(leaf.stream, heads.stream), eq(leaf.sequence, heads.sequence)))
    .where(eq(heads.stream, stream))
  if (!last) return false
  const [signed] = await read
    .select({ size: max(checkpoint.size) })
    .from(checkpoint)
    .where(eq(checkpoint.tree, last.tree))
  return last.number < (signed?.size ?? 0)
}

/** What every proof begins with, prepared once for a store. */
const queries = ofStore(({ read, tables: { leaf, checkpoint } }) => ({
  leaf: prepared(
    'leaf_of_row',
    read
      .select()
      .from(leaf)
      .where(and(eq(leaf.stream, sql.placeholder('stream')), eq(leaf.sequence, sql.placeholder('sequence')))),
  ),
  /** The newest checkpoint of a tree, up to a number. */
  checkpoint: prepared(
    'checkpoint_of_tree',
    read
      .select()
      .from(checkpoint)
      .where(and(eq(checkpoint.tree, sql.placeholder('tree')), lte(checkpoint.number, sql.placeholder('upTo'))))
      .orderBy(desc(checkpoint.number))
      .limit(1),
  ),
}))

/**
 * Makes proofs against the newest checkpoints, or the newest up to a number. What it read of a tree it keeps: make one for a page or a package, not for
 * ever.
 */
export class Prover {
  readonly #store: Readable
  readonly #upTo: number
  readonly #trees = new Map<
    number,
    { readonly tree: StoredTree; readonly checkpoint: KeptCheckpoint; said: Checkpoint }
  >()

  constructor(store: Readable, upTo = Number.MAX_SAFE_INTEGER) {
    this.#store = store
    this.#upTo = upTo
  }

  /** The checkpoints that the proofs given so far are against. */
  get checkpoints(): readonly KeptCheckpoint[] {
    return [...this.#trees.values()].map(({ checkpoint }) => checkpoint)
  }

  /** The proof of a row; null when no checkpoint proves it yet. */
  async inclusion(stream: number, sequence: number): Promise<InclusionProof | null> {
    const [found] = await queries(this.#store).leaf.execute({ stream, sequence })
    const sealed = found && (await this.#sealed(found.tree))
    if (!sealed || found.number >= sealed.said.size) return null
    const { size } = sealed.said
    const path = await inclusionPath(sealed.tree, found.number, size)
    return { stream, sequence, hash: found.hash, tree: found.tree, index: found.number, size, path }
  }

  async #sealed(number: number) {
    const known = this.#trees.get(number)
    if (known) return known
    const [checkpoint] = await queries(this.#store).checkpoint.execute({ tree: number, upTo: this.#upTo })
    const said = checkpoint && readCheckpoint(checkpoint.body)
    const tree = said && (await findTree(this.#store, number))
    if (!tree) return null
    const sealed = { tree, checkpoint: shown(checkpoint), said }
    this.#trees.set(number, sealed)
    return sealed
  }
}

/** The columns that a row's hash is made of; null when the trail has no such row, that of an archived case among them. */
export async function hashedColumns(
  store: Readable,
  stream: number,
  sequence: number,
): Promise<Omit<Row<'trail'>, 'stream' | 'sequence' | 'hash'> | null> {
  const found = await readRow(store, stream, sequence)
  if (!found) return null
  const { stream: _stream, sequence: _sequence, hash: _hash, ...columns } = found.row
  return columns
}

/** Proves that a checkpoint is the beginning of a later one of the same tree; null when either is not there. */
export async function consistencyProof(
  store: Readable,
  first: number,
  second: number,
): Promise<{
  readonly first: KeptCheckpoint
  readonly second: KeptCheckpoint
  readonly path: readonly string[]
} | null> {
  const { checkpoint } = store.tables
  const [a] = await store.read.select().from(checkpoint).where(eq(checkpoint.number, first))
  const [b] = await store.read.select().from(checkpoint).where(eq(checkpoint.number, second))
  if (!a || !b || a.tree !== b.tree || a.size > b.size) return null
  const opened = await openTree(store, a.tree)
  if (!opened) return null
  return { first: shown(a), second: shown(b), path: await consistencyPath(opened.tree, a.size, b.size) }
}
