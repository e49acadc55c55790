import { type Column, type SQL, sql } from 'drizzle-orm'
import { table } from '../columns.ts'

/** Acts that can be done now. As a text without parameters, so that the index of them is found. */
export const isOpenAct = (t: { readonly open: Column }): SQL => sql`${t.open}`

/**
 * Who may do an act on a case: holders of a role in a unit. While it is open they see the case. Rows stay after the act:
 * who has missed it is told so.
 */
export const actionCandidate = table(
  'action_candidate',
  (c) => ({
    instanceKey: c.key('instance_key').notNull(),
    subscriptionKey: c.key('subscription_key').notNull(),
    role: c.text('role').notNull(),
    unitId: c.text('unit_id').notNull(),
    open: c.boolean('open').notNull(),
  }),
  (t, k) => [
    k.primary(t.instanceKey, t.subscriptionKey, t.role, t.unitId),
    k.partial('action_candidate_open', isOpenAct(t), t.unitId, t.role, t.instanceKey),
  ],
)
