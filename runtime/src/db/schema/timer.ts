import { table } from '../columns.ts'

/** Timers that have not fired. */
export const timer = table(
  'timer',
  (c) => ({
    key: c.key('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    elementId: c.text('element_id').notNull(),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    dueAt: c.time('due_at').notNull(),
    interrupting: c.boolean('interrupting').notNull(),
    createdAt: c.time('created_at').notNull(),
  }),
  (t, k) => [k.index('timer_due', t.dueAt, t.key), k.index('timer_instance', t.instanceKey)],
)
