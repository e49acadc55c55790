import { table } from '../columns.ts'

/** Who may take a task: holders of a role in a unit. Rows stay after the task: they also say who may see the case. */
export const taskCandidate = table(
  'task_candidate',
  (c) => ({
    taskKey: c.key('task_key').notNull(),
    role: c.text('role').notNull(),
    unitId: c.text('unit_id').notNull(),
    instanceKey: c.key('instance_key').notNull(),
    /** True while the task is open and nobody has it. */
    claimable: c.boolean('claimable').notNull(),
  }),
  (t, k) => [
    k.primary(t.taskKey, t.role, t.unitId),
    k.index('task_candidate_holder', t.unitId, t.role, t.claimable, t.taskKey),
    k.index('task_candidate_office', t.unitId, t.role, t.instanceKey),
  ],
)
