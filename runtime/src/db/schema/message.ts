import type { Variables } from '@bihuan/engine'
import { table } from '../columns.ts'

/** Published messages that still wait: kept until `expiresAt`, correlated at most once to each process id. */
export const message = table(
  'message',
  (c) => ({
    key: c.key('key').primaryKey(),
    name: c.text('name').notNull(),
    correlationKey: c.text('correlation_key').notNull(),
    messageId: c.text('message_id'),
    variables: c.json<Variables>('variables').notNull(),
    publishedAt: c.time('published_at').notNull(),
    expiresAt: c.time('expires_at').notNull(),
    /** That of a case it begins: one more than that of the case that published it, 0 where none did. */
    startDepth: c.integer('start_depth').notNull().default(0),
  }),
  (t, k) => [k.index('message_name', t.name, t.correlationKey, t.key), k.index('message_expires', t.expiresAt)],
)

/** Which process ids a message has reached, written with the correlation itself. */
export const messageCorrelation = table(
  'message_correlation',
  (c) => ({
    messageKey: c.key('message_key').notNull(),
    processId: c.text('process_id').notNull(),
    instanceKey: c.key('instance_key').notNull(),
  }),
  (t, k) => [k.primary(t.messageKey, t.processId)],
)
