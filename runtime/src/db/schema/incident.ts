import type { Json } from '@bihuan/engine'
import { table } from '../columns.ts'

export const incident = table(
  'incident',
  (c) => ({
    key: c.key('key').primaryKey(),
    instanceKey: c.key('instance_key').notNull(),
    elementId: c.text('element_id').notNull(),
    elementName: c.text('element_name'),
    elementInstanceKey: c.key('element_instance_key').notNull(),
    code: c.text('code').notNull(),
    facts: c.json<{ readonly [name: string]: Json }>('facts').notNull(),
    jobKey: c.key('job_key'),
    state: c.text<'active' | 'resolved'>('state').notNull(),
    createdAt: c.time('created_at').notNull(),
    resolvedAt: c.time('resolved_at'),
  }),
  (t, k) => [k.index('incident_instance', t.instanceKey, t.state), k.index('incident_state', t.state, t.key)],
)
