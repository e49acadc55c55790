import { table } from '../columns.ts'

/** Answered requests: the same id with the same content is answered from the first; with other content it is refused. */
export const request = table(
  'request',
  (c) => ({
    /** Stream the command wrote; 0 for a start, whose stream is not known beforehand. */
    scope: c.key('scope').notNull(),
    requestId: c.text('request_id').notNull(),
    /** SHA-256 over what was asked and by whom, hex. */
    digest: c.text('digest').notNull(),
    stream: c.key('stream').notNull(),
    sequence: c.integer('sequence').notNull(),
    at: c.time('at').notNull(),
  }),
  (t, k) => [k.primary(t.scope, t.requestId), k.index('request_at', t.at)],
)
