import { table } from '../columns.ts'

export type StartSubscriptionKind = 'message' | 'signal' | 'conditional'

/** Start events that wait for something to happen, of the latest version of each process. */
export const startSubscription = table(
  'start_subscription',
  (c) => ({
    key: c.key('key').primaryKey(),
    kind: c.text<StartSubscriptionKind>('kind').notNull(),
    /** Of the message or signal; null for a condition. */
    name: c.text('name'),
    processId: c.text('process_id').notNull(),
    definitionKey: c.key('definition_key').notNull(),
    elementId: c.text('element_id').notNull(),
    createdAt: c.time('created_at').notNull(),
  }),
  (t, k) => [
    k.index('start_subscription_name', t.kind, t.name, t.key),
    k.index('start_subscription_process', t.processId),
  ],
)

/** Start events that wait for a time, of the latest version of each process. */
export const startTimer = table(
  'start_timer',
  (c) => ({
    key: c.key('key').primaryKey(),
    processId: c.text('process_id').notNull(),
    definitionKey: c.key('definition_key').notNull(),
    elementId: c.text('element_id').notNull(),
    dueAt: c.time('due_at').notNull(),
    /** Further firings after this one; -1 for endless. */
    repetitions: c.integer('repetitions').notNull(),
    /** ISO 8601 duration between firings; null for one firing, and where a cron expression is followed. */
    interval: c.text('interval'),
    cron: c.text('cron'),
    endAt: c.time('end_at'),
  }),
  (t, k) => [k.index('start_timer_due', t.dueAt, t.key), k.index('start_timer_process', t.processId)],
)

/**
 * The case a message with a correlation key started last. While it is active no other is started by that key; the
 * messages wait.
 */
export const messageStart = table(
  'message_start',
  (c) => ({
    processId: c.text('process_id').notNull(),
    correlationKey: c.text('correlation_key').notNull(),
    instanceKey: c.key('instance_key').notNull(),
  }),
  (t, k) => [k.primary(t.processId, t.correlationKey), k.index('message_start_instance', t.instanceKey)],
)
