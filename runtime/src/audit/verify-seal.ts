import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, gte, lte } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { GrowingTree } from './merkle.ts'
import {
  digestOfBody,
  holdsCheckpoint,
  type KnownKey,
  keyInForce,
  readCheckpoint,
  readKeys,
  type Signed,
} from './statement.ts'
import { leavesFrom, leavesWithoutTree, nodesBesideTree, nodesWithoutTree } from './tree-store.ts'

/** What of the seal does not hold. `number` is that of the key, checkpoint, leaf or node it is about. */
export interface SealBreak {
  readonly what: 'key' | 'checkpoint' | 'leaf' | 'node' | 'outside'
  readonly number: number
  readonly fault: /** A statement or checkpoint is not what its signatures or its predecessor say. */
    | 'signature'
    | 'sequence'
    | 'previous'
    /** Columns beside the signed text say something else. */
    | 'columns'
    /** The leaves there are do not make the root that was signed. */
    | 'root'
    | 'missing'
    | 'differs'
    /** A kept node that belongs to no complete subtree, or a leaf of no tree. */
    | 'extra'
}

export interface SealVerification {
  readonly keys: readonly KnownKey[]
  readonly checkpoints: number
  /** The newest checkpoint; null when nothing was sealed yet. */
  readonly last: { readonly number: number; readonly at: number; readonly keyId: string } | null
  /** Rows that a checkpoint proves. */
  readonly sealed: number
  /** Rows that are leaves, and no checkpoint proves yet. */
  readonly waiting: number
  readonly breaks: readonly SealBreak[]
  /** How many of the outside checkpoints hold. */
  readonly outside: number
}

type Readable = Pick<Store, 'read' | 'tables'>

const PAGE = 5_000
/** Kept nodes too many that are named, of each tree. */
const EXTRA = 100

/**
 * Checks keys, checkpoints and trees against each other and, when there are some, against checkpoints that were kept
 * outside: a trail that was written anew, with all its hashes and signatures, does not have their roots. Whether leaves
 * are the rows they stand for is for `verifyTrail` to say.
 */
export async function verifySeal(store: Readable, outside: readonly Signed[] = []): Promise<SealVerification> {
  const breaks: SealBreak[] = []
  const { signingKey } = store.tables
  const history = readKeys(await store.read.select().from(signingKey).orderBy(asc(signingKey.number)))
  if (!history.ok) breaks.push({ what: 'key', number: history.number, fault: 'signature' })
  const keys = history.ok ? history.keys : []
  const wanted = new Wanted()
  const last = await checkCheckpoints(store, keys, wanted, breaks)
  for (const signed of outside) wanted.addOutside(signed, keys, breaks)
  const sizes = await checkTrees(store, wanted, breaks)
  breaks.push(...wanted.missing())
  const sealed = [...wanted.sealed.values()].reduce((sum, size) => sum + size, 0)
  const leaves = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  return {
    keys,
    checkpoints: last?.number ?? 0,
    last: last && { number: last.number, at: last.at, keyId: last.keyId },
    sealed,
    waiting: Math.max(0, leaves - sealed),
    breaks,
    outside: outside.length - breaks.filter(({ what }) => what === 'outside').length,
  }
}

interface Root {
  readonly what: 'checkpoint' | 'outside'
  readonly number: number
  readonly root: string
}

/** The roots that the trees must have had at some sizes. */
class Wanted {
  readonly #roots = new Map<number, Map<number, Root[]>>()
  /** Largest signed size of each tree. */
  readonly sealed = new Map<number, number>()

  add(tree: number, size: number, root: Root): void {
    const sizes = this.#roots.get(tree) ?? new Map<number, Root[]>()
    this.#roots.set(tree, sizes)
    sizes.set(size, [...(sizes.get(size) ?? []), root])
    if (root.what === 'checkpoint') this.sealed.set(tree, Math.max(size, this.sealed.get(tree) ?? 0))
  }

  /** A checkpoint kept outside is believed when a key of the history has signed it; its root has then to be here. */
  addOutside(signed: Signed, keys: readonly KnownKey[], breaks: SealBreak[]): void {
    const said = readCheckpoint(signed.body)
    if (said && holdsCheckpoint(keys, signed))
      this.add(said.tree, said.size, { what: 'outside', number: said.number, root: said.root })
    else breaks.push({ what: 'outside', number: said?.number ?? 0, fault: 'signature' })
  }

  /** Judges a tree at one size. */
  judge(tree: number, size: number, root: () => string | null, breaks: SealBreak[]): void {
    const sizes = this.#roots.get(tree)
    for (const one of sizes?.get(size) ?? [])
      if (one.root !== root()) breaks.push({ what: one.what, number: one.number, fault: 'root' })
    sizes?.delete(size)
  }

  /** Roots of sizes that no tree has come to. */
  missing(): readonly SealBreak[] {
    return [...this.#roots.values()].flatMap((sizes) =>
      [...sizes.values()].flat().map(({ what, number }) => ({ what, number, fault: 'missing' as const })),
    )
  }
}

/** Reads every checkpoint in order. Gives the last. */
async function checkCheckpoints(
  store: Readable,
  keys: readonly KnownKey[],
  wanted: Wanted,
  breaks: SealBreak[],
): Promise<Row<'checkpoint'> | null> {
  const { checkpoint } = store.tables
  let last: Row<'checkpoint'> | null = null
  for (;;) {
    const page: Row<'checkpoint'>[] = await store.read
      .select()
      .from(checkpoint)
      .where(gt(checkpoint.number, last?.number ?? 0))
      .orderBy(asc(checkpoint.number))
      .limit(PAGE)
    for (const row of page) {
      const fault = faultOf(row, last, keys)
      if (fault) breaks.push({ what: 'checkpoint', number: row.number, fault })
      const said = readCheckpoint(row.body)
      if (said) wanted.add(said.tree, said.size, { what: 'checkpoint', number: row.number, root: said.root })
      last = row
    }
    if (page.length < PAGE) break
  }
  // A key says which checkpoint was the last before it.
  for (const key of keys)
    if (key.after > (last?.number ?? 0)) breaks.push({ what: 'checkpoint', number: key.after, fault: 'missing' })
  return last
}

function faultOf(
  row: Row<'checkpoint'>,
  before: Row<'checkpoint'> | null,
  keys: readonly KnownKey[],
): SealBreak['fault'] | null {
  const said = readCheckpoint(row.body)
  if (!said || !holdsCheckpoint(keys, row)) return 'signature'
  if (row.number !== (before?.number ?? 0) + 1) return 'sequence'
  if (said.previous !== (before ? digestOfBody(before.body) : null)) return 'previous'
  const { number, tree, size, at, keyId } = row
  const isSame =
    said.number === number && said.tree === tree && said.size === size && said.at === at && said.keyId === keyId
  if (!isSame) return 'columns'
  const next = keys.find((key) => key.after === number)
  if (next && next.last !== digestOfBody(row.body)) return 'previous'
  return keyInForce(keys, number) ? null : 'signature'
}

/** Grows every tree from its leaves and compares roots and kept nodes. Gives the sizes of the trees. */
async function checkTrees(store: Readable, wanted: Wanted, breaks: SealBreak[]): Promise<ReadonlyMap<number, number>> {
  const { merkleTree } = store.tables
  const sizes = new Map<number, number>()
  for (const { tree: number, algorithm } of await store.read.select().from(merkleTree).orderBy(asc(merkleTree.tree))) {
    const tree = new GrowingTree(algorithm, 0, [])
    for (;;) {
      const page = await leavesFrom(store, number, tree.size, tree.size + PAGE)
      const nodes: Node[] = []
      for (const leaf of page) {
        if (leaf.number !== tree.size) break
        if (!isPlace(leaf)) breaks.push({ what: 'leaf', number: leaf.number, fault: 'columns' })
        tree.append(leaf.hash, (level, index, hash) => nodes.push({ level, number: index, hash }))
        wanted.judge(number, tree.size, () => tree.root(), breaks)
      }
      await checkNodes(store, number, nodes, breaks)
      if (page.length > 0 && page.at(-1)!.number !== tree.size - 1) {
        breaks.push({ what: 'leaf', number: tree.size, fault: 'missing' })
        break
      }
      if (page.length < PAGE) break
      await nextTurn()
    }
    addExtra(await nodesBesideTree(store, number, tree.size, EXTRA), breaks)
    sizes.set(number, tree.size)
  }
  addExtra(await nodesWithoutTree(store, EXTRA), breaks)
  for (const { number } of await leavesWithoutTree(store, EXTRA)) breaks.push({ what: 'leaf', number, fault: 'extra' })
  return sizes
}

/** Whether a row can be where a leaf says that its own is: nobody looks for the rows of leaves that name no place. */
const isPlace = ({ stream, sequence }: { readonly stream: number; readonly sequence: number }): boolean =>
  Number.isSafeInteger(stream) && stream >= 0 && Number.isSafeInteger(sequence) && sequence > 0

function addExtra(nodes: readonly { readonly number: number }[], breaks: SealBreak[]): void {
  for (const { number } of nodes) breaks.push({ what: 'node', number, fault: 'extra' })
}

interface Node {
  readonly level: number
  readonly number: number
  readonly hash: string
}

/** Kept nodes as the leaves make them. A proof is read from them, so one that differs would prove nothing. */
async function checkNodes(store: Readable, tree: number, nodes: readonly Node[], breaks: SealBreak[]): Promise<void> {
  const { treeNode } = store.tables
  for (const level of new Set(nodes.map((node) => node.level))) {
    const made = nodes.filter((node) => node.level === level)
    const kept = await store.read
      .select()
      .from(treeNode)
      .where(
        and(
          eq(treeNode.tree, tree),
          eq(treeNode.level, level),
          gte(treeNode.number, made[0]!.number),
          lte(treeNode.number, made.at(-1)!.number),
        ),
      )
    const byNumber = new Map(kept.map((node) => [node.number, node.hash]))
    for (const node of made) {
      const hash = byNumber.get(node.number)
      if (hash === node.hash) continue
      breaks.push({ what: 'node', number: node.number, fault: hash === undefined ? 'missing' : 'differs' })
    }
  }
}
