import { table } from '../columns.ts'

/**
 * What the records of a trail row say: JSON array of `{salt, text}` in the order of its heads, kept as the exact text.
 * A head's digest is SHA-256(salt ‖ text), so salt and text can be erased and the chain still proves the rest.
 */
export const payload = table(
  'payload',
  (c) => ({
    stream: c.key('stream').notNull(),
    sequence: c.integer('sequence').notNull(),
    records: c.text('records').notNull(),
  }),
  (t, k) => [k.primary(t.stream, t.sequence)],
)
