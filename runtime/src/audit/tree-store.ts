import { and, asc, between, eq, gte, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm'
import { type Prepared, prepared } from '../db/prepared.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import type { HashAlgorithm } from './algorithm.ts'
import { leafHash, nodeHash, STORED_LEVELS, type Subtrees } from './merkle.ts'

/** Nodes read at once: those one kept node above them covers. */
const BLOCK = 2 ** STORED_LEVELS

type Rows = readonly { readonly number: number; readonly hash: string }[]

/**
 * A tree as the database keeps it: its leaves and every fourth level of its nodes. What lies between is computed from at
 * most sixteen of them. Blocks that were read are kept in memory while this lives; make one for each proof or page.
 */
export class StoredTree implements Subtrees {
  readonly algorithm: HashAlgorithm
  readonly #tree: number
  readonly #blocks = new Map<string, Promise<readonly string[]>>()
  readonly #leaves: Prepared<Rows>
  readonly #nodes: Prepared<Rows>

  constructor(queries: TreeQueries, tree: number, algorithm: HashAlgorithm) {
    this.#tree = tree
    this.algorithm = algorithm
    this.#leaves = queries.leaves
    this.#nodes = queries.nodes
  }

  async subtree(level: number, index: number): Promise<string> {
    if (level % STORED_LEVELS === 0) {
      const found = (await this.#block(level, Math.floor(index / BLOCK)))[index % BLOCK]
      if (found === undefined) throw new Error(`Expected node ${index} of level ${level} in tree ${this.#tree}`)
      return found
    }
    const left = await this.subtree(level - 1, 2 * index)
    return nodeHash(this.algorithm, left, await this.subtree(level - 1, 2 * index + 1))
  }

  #block(level: number, block: number): Promise<readonly string[]> {
    const name = `${level} ${block}`
    let found = this.#blocks.get(name)
    if (!found) {
      found = this.#read(level, block * BLOCK)
      this.#blocks.set(name, found)
    }
    return found
  }

  async #read(level: number, from: number): Promise<readonly string[]> {
    const place = { tree: this.#tree, from, to: from + BLOCK - 1 }
    if (level > 0) return (await this.#nodes.execute({ ...place, level })).map(({ hash }) => hash)
    return (await this.#leaves.execute(place)).map(({ hash }) => leafHash(this.algorithm, hash))
  }
}

/** The statements that read trees, prepared once for a store. */
export interface TreeQueries {
  readonly leaves: Prepared<Rows>
  readonly nodes: Prepared<Rows>
  readonly tree: Prepared<readonly { readonly algorithm: HashAlgorithm }[]>
}

const known = new WeakMap<object, TreeQueries>()

/** The statements of a store. */
export function treeQueries({ read, tables }: Pick<Store, 'read' | 'tables'>): TreeQueries {
  const { leaf, treeNode, merkleTree } = tables
  const kept = known.get(read)
  if (kept) return kept
  const here = (column: typeof leaf.number | typeof treeNode.number) =>
    between(column, sql.placeholder('from'), sql.placeholder('to'))
  const queries: TreeQueries = {
    leaves: prepared<Rows>(
      'tree_leaves',
      read
        .select({ number: leaf.number, hash: leaf.hash })
        .from(leaf)
        .where(and(eq(leaf.tree, sql.placeholder('tree')), here(leaf.number)))
        .orderBy(asc(leaf.number)),
    ),
    nodes: prepared<Rows>(
      'tree_nodes',
      read
        .select({ number: treeNode.number, hash: treeNode.hash })
        .from(treeNode)
        .where(
          and(
            eq(treeNode.tree, sql.placeholder('tree')),
            eq(treeNode.level, sql.placeholder('level')),
            here(treeNode.number),
          ),
        )
        .orderBy(asc(treeNode.number)),
    ),
    tree: prepared(
      'tree_algorithm',
      read
        .select({ algorithm: merkleTree.algorithm })
        .from(merkleTree)
        .where(eq(merkleTree.tree, sql.placeholder('number'))),
    ),
  }
  known.set(read, queries)
  return queries
}

/** A tree with its algorithm; null when there is no such tree. */
export async function findTree(store: Pick<Store, 'read' | 'tables'>, number: number): Promise<StoredTree | null> {
  const queries = treeQueries(store)
  const [row] = await queries.tree.execute({ number })
  return row ? new StoredTree(queries, number, row.algorithm) : null
}

/** A tree and how many leaves it has now; null when there is no such tree. */
export async function openTree(
  store: Pick<Store, 'read' | 'tables'>,
  number: number,
): Promise<{ readonly tree: StoredTree; readonly size: number } | null> {
  const tree = await findTree(store, number)
  if (!tree) return null
  const { leaf } = store.tables
  const [last] = await store.read
    .select({ number: sql<number | null>`max(${leaf.number})` })
    .from(leaf)
    .where(eq(leaf.tree, number))
  return { tree, size: last?.number == null ? 0 : Number(last.number) + 1 }
}

/** A kept node by its place. */
type Place = Pick<Row<'treeNode'>, 'tree' | 'level' | 'number'>

/**
 * Kept nodes that belong to no complete subtree of a tree with so many leaves, a few. Leaves that came meanwhile, with
 * their nodes, are taken into account.
 */
export async function nodesBesideTree(
  store: Pick<Store, 'read' | 'tables'>,
  tree: number,
  size: number,
  most: number,
): Promise<readonly Place[]> {
  const { treeNode: t } = store.tables
  const fitting: (SQL | undefined)[] = []
  for (let level = STORED_LEVELS; 2 ** level <= size; level += STORED_LEVELS)
    fitting.push(and(eq(t.level, level), between(t.number, 0, lastNode(level, size))))
  const beside = await store.read
    .select({ tree: t.tree, level: t.level, number: t.number })
    .from(t)
    .where(and(eq(t.tree, tree), not(or(sql`false`, ...fitting)!)))
    .orderBy(asc(t.level), asc(t.number))
    .limit(most)
  if (beside.length === 0) return []
  const now = Math.max(size, (await openTree(store, tree))?.size ?? 0)
  return beside.filter(
    ({ level, number }) => level <= 0 || level % STORED_LEVELS !== 0 || number < 0 || number > lastNode(level, now),
  )
}

/** Number of the last complete subtree of a level. */
const lastNode = (level: number, size: number): number => Math.floor(size / 2 ** level) - 1

/** Kept nodes of trees that do not exist, a few. */
export async function nodesWithoutTree(
  { read, tables: { treeNode, merkleTree } }: Pick<Store, 'read' | 'tables'>,
  most: number,
): Promise<readonly Place[]> {
  return read
    .select({ tree: treeNode.tree, level: treeNode.level, number: treeNode.number })
    .from(treeNode)
    .leftJoin(merkleTree, eq(merkleTree.tree, treeNode.tree))
    .where(isNull(merkleTree.tree))
    .orderBy(asc(treeNode.tree), asc(treeNode.level), asc(treeNode.number))
    .limit(most)
}

/** Leaves that no tree takes in, a few: their rows would never be sealed, since they have one. */
export async function leavesWithoutTree(
  { read, tables: { leaf, merkleTree } }: Pick<Store, 'read' | 'tables'>,
  most: number,
): Promise<readonly { readonly number: number }[]> {
  return read
    .select({ number: leaf.number })
    .from(leaf)
    .leftJoin(merkleTree, eq(merkleTree.tree, leaf.tree))
    .where(or(isNull(merkleTree.tree), lt(leaf.number, 0)))
    .orderBy(asc(leaf.tree), asc(leaf.number))
    .limit(most)
}

/** Leaves of a tree from a number on, a page. */
export function leavesFrom(
  { read, tables: { leaf } }: Pick<Store, 'read' | 'tables'>,
  tree: number,
  from: number,
  to: number,
) {
  return read
    .select()
    .from(leaf)
    .where(and(eq(leaf.tree, tree), gte(leaf.number, from), lt(leaf.number, to)))
    .orderBy(asc(leaf.number))
}
