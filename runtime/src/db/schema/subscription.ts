import type { CaseAction } from '@bihuan/engine'
import { table } from '../columns.ts'

/** Open message subscriptions of running cases. */
export const subscription = table(
  'subscription',
  (c) => ({
    key: c.key('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    /** Of the process it stands in: that of the case, or one it calls. */
    processId: c.text('process_id').notNull(),
    elementId: c.text('element_id').notNull(),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    messageName: c.text('message_name').notNull(),
    correlationKey: c.text('correlation_key').notNull(),
    interrupting: c.boolean('interrupting').notNull(),
    action: c.json<CaseAction>('action'),
    createdAt: c.time('created_at').notNull(),
  }),
  (t, k) => [
    k.index('subscription_message', t.messageName, t.correlationKey, t.key),
    k.index('subscription_instance', t.instanceKey),
  ],
)
