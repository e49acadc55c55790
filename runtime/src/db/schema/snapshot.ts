import { table } from '../columns.ts'

/** The state of a stream after `sequence`, to fold fewer rows when it is loaded. A cache: it can be deleted at any time. */
export const snapshot = table('snapshot', (c) => ({
  stream: c.key('stream').primaryKey(),
  sequence: c.integer('sequence').notNull(),
  /** Layout of `state`; another layout is ignored and the stream folded from its first row. */
  format: c.integer('format').notNull(),
  state: c.text('state').notNull(),
}))
