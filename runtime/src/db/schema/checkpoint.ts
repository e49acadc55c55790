import { table } from '../columns.ts'

/** Signed sizes and roots of the trail's trees. `body` is the text that is signed; the columns repeat it for reading. */
export const checkpoint = table(
  'checkpoint',
  (c) => ({
    /** 1, 2, 3, … without a gap. */
    number: c.integer('number').primaryKey(),
    tree: c.integer('tree').notNull(),
    size: c.integer('size').notNull(),
    at: c.time('at').notNull(),
    keyId: c.text('key_id').notNull(),
    body: c.text('body').notNull(),
    /** Base64. */
    signature: c.text('signature').notNull(),
  }),
  (t, k) => [k.index('checkpoint_size', t.tree, t.size)],
)

/** The keys checkpoints are signed with, oldest first. `body` is the statement that makes a key valid. */
export const signingKey = table('signing_key', (c) => ({
  /** 1, 2, 3, … without a gap. */
  number: c.integer('number').primaryKey(),
  keyId: c.text('key_id').notNull(),
  at: c.time('at').notNull(),
  body: c.text('body').notNull(),
  /** Of the key itself, base64. */
  signature: c.text('signature').notNull(),
  /** Of the key before it, base64; null for the first key and when that one was lost or betrayed. */
  previousSignature: c.text('previous_signature'),
}))
