import type { Variables } from '@bihuan/engine'
import { table } from '../columns.ts'

/** Signals that were broadcast and have not reached everyone yet. */
export const signal = table('signal', (c) => ({
  /** Key of the record of the broadcast. */
  key: c.key('key').primaryKey(),
  name: c.text('name').notNull(),
  variables: c.json<Variables>('variables').notNull(),
  broadcastAt: c.time('broadcast_at').notNull(),
}))

/** Open signal subscriptions of running cases. */
export const signalSubscription = table(
  'signal_subscription',
  (c) => ({
    key: c.key('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    elementId: c.text('element_id').notNull(),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    signalName: c.text('signal_name').notNull(),
    interrupting: c.boolean('interrupting').notNull(),
    createdAt: c.time('created_at').notNull(),
  }),
  (t, k) => [
    k.index('signal_subscription_name', t.signalName, t.key),
    k.index('signal_subscription_instance', t.instanceKey),
  ],
)
