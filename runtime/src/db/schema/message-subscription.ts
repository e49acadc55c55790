import { table } from '../columns.ts'

export type MessageSubscriptionState = 'created' | 'correlated' | 'deleted'

/**
 * Every message subscription a case has opened, and how it stands; the open ones stand in `subscription`, too. Those
 * that had closed before this table was kept are not in it.
 */
export const messageSubscription = table(
  'message_subscription',
  (c) => ({
    key: c.scatteredKey('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    elementId: c.text('element_id').notNull(),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    messageName: c.text('message_name').notNull(),
    correlationKey: c.text('correlation_key').notNull(),
    /** `correlated` is one that a message has closed. */
    state: c.text<MessageSubscriptionState>('state').notNull(),
    updatedAt: c.time('updated_at').notNull(),
  }),
  (t, k) => [k.index('message_subscription_instance', t.instanceKey, t.key)],
)

/**
 * Which cases a message has reached, and by which subscriptions; one that does not interrupt receives several. Kept when
 * the message itself is forgotten.
 */
export const correlatedMessage = table(
  'correlated_message',
  (c) => ({
    messageKey: c.key('message_key').notNull(),
    /** 0 where the message has begun the case. */
    subscriptionKey: c.key('subscription_key').notNull(),
    instanceKey: c.key('instance_key').notNull(),
    correlatedAt: c.time('correlated_at').notNull(),
  }),
  (t, k) => [
    k.primary(t.messageKey, t.subscriptionKey, t.instanceKey),
    k.index('correlated_message_subscription', t.subscriptionKey),
  ],
)
