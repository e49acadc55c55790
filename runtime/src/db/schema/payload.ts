import { table } from '../columns.ts'

/**
 * What the records of a trail row say, in the order of its heads: one line a record, salt (32 hex digits) and then the
 * value as JSON. A head's digest is the SHA-256 of the line, so a line can be emptied and the chain still proves the rest.
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
