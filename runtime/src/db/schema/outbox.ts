import { table } from '../columns.ts'

/**
 * What the host still has to do because of a record: written with the record, removed with the record of its result, so
 * that nothing is forgotten when the machine stops in between.
 */
export type OutboxKind =
  | 'multiInstance.continue'
  | 'job.notice'
  | 'job.people'
  | 'message.correlate'
  | 'subscription.match'
  | 'signal.broadcast'
  | 'messageStart.match'
  | 'case.resumed'

export const outbox = table(
  'outbox',
  (c) => ({
    /** Key of the record it follows from: body, job, message, subscription, signal or case. */
    key: c.key('key').notNull(),
    kind: c.text<OutboxKind>('kind').notNull(),
    /** Not before. */
    dueAt: c.time('due_at').notNull(),
    /** Tells two follow-ups of one key apart: part of the request id of the command that does it. */
    mark: c.integer('mark').notNull(),
  }),
  (t, k) => [k.primary(t.key, t.kind), k.index('outbox_due', t.dueAt, t.key)],
)
