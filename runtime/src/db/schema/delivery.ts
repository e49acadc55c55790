import { table } from '../columns.ts'

/**
 * What the built-in workers still have to send: the outbox of what leaves the house. Written with the job, removed with
 * its result, so that nothing is forgotten when the machine stops in between.
 */
export const delivery = table(
  'delivery',
  (c) => ({
    /** Key of the job. */
    key: c.key('key').primaryKey(),
    /** Where it goes: a slow one holds up nobody else. */
    target: c.text('target').notNull(),
    /** Not before. */
    dueAt: c.time('due_at').notNull(),
    /** Tells two rounds of one job apart: part of the request id of the command that ends an attempt. */
    mark: c.integer('mark').notNull(),
    /** Attempts begun in this round, and when the last one was. A count of the host's, not in the trail. */
    attempts: c.integer('attempts').notNull(),
    attemptedAt: c.time('attempted_at'),
  }),
  (t, k) => [k.index('delivery_due', t.target, t.dueAt, t.key)],
)
