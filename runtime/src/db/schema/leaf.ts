import { table } from '../columns.ts'

/**
 * The leaves of the trail's Merkle trees: each row of the trail is one leaf, numbered after it was committed. The primary
 * key is the lock: of two who number, one commits.
 */
export const leaf = table(
  'leaf',
  (c) => ({
    tree: c.integer('tree').notNull(),
    /** 0, 1, 2, … without a gap. */
    number: c.integer('number').notNull(),
    stream: c.key('stream').notNull(),
    sequence: c.integer('sequence').notNull(),
    /** Hash of the trail row, as it was when it was sealed. */
    hash: c.text('hash').notNull(),
  }),
  (t, k) => [k.primary(t.tree, t.number), k.unique('leaf_row', t.stream, t.sequence)],
)

/** The trees, 1, 2, …: each has one hash algorithm, and with another one the next tree begins. */
export const merkleTree = table('merkle_tree', (c) => ({
  tree: c.integer('tree').primaryKey(),
  algorithm: c.text<'sha256' | 'sm3'>('algorithm').notNull(),
}))

/** Nodes of the trees kept so that a proof is read and not computed: of complete subtrees, at every fourth level. */
export const treeNode = table(
  'tree_node',
  (c) => ({
    tree: c.integer('tree').notNull(),
    /** The subtree has `2^level` leaves. */
    level: c.integer('level').notNull(),
    /** It begins at leaf `number × 2^level`. */
    number: c.integer('number').notNull(),
    hash: c.text('hash').notNull(),
  }),
  (t, k) => [k.primary(t.tree, t.level, t.number)],
)
