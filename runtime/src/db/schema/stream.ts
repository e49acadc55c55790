import { table } from '../columns.ts'

/** One row a stream: the head of its chain, against which the last trail row is checked, and its key counter. */
export const stream = table('stream', (c) => ({
  stream: c.key('stream').primaryKey(),
  /** Sequence of the last trail row. */
  sequence: c.integer('sequence').notNull(),
  /** Hash of the last trail row, hex. */
  hash: c.text('hash').notNull(),
  /** Records written so far: the position of the next row is one more. */
  records: c.integer('records').notNull(),
  /** Highest key counter given out (system streams; an instance's counter lives in its state). */
  counter: c.integer('counter').notNull(),
}))
