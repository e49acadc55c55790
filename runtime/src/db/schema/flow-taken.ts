import { table } from '../columns.ts'

/** Sequence flows a case has gone along, for the diagram. */
export const flowTaken = table(
  'flow_taken',
  (c) => ({
    instanceKey: c.key('instance_key').notNull(),
    flowId: c.text('flow_id').notNull(),
    /** The last time. */
    takenAt: c.time('taken_at').notNull(),
  }),
  (t, k) => [k.primary(t.instanceKey, t.flowId)],
)
