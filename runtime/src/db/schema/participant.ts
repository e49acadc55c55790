import { type Column, type SQL, sql } from 'drizzle-orm'
import { table } from '../columns.ts'

/** Parts in cases that have not ended. As a text without parameters, so that the index of them is found. */
export const isInOpenCase = (t: { readonly open: Column }): SQL => sql`${t.open}`

/** People who have or had a part in a case: started it, were assigned, named as candidate user, or completed a task. */
export const participant = table(
  'participant',
  (c) => ({
    instanceKey: c.key('instance_key').notNull(),
    personId: c.text('person_id').notNull(),
    /** Whether the case has not ended. */
    open: c.boolean('open').notNull().default(false),
  }),
  (t, k) => [
    k.primary(t.instanceKey, t.personId),
    k.index('participant_person', t.personId, t.instanceKey),
    k.partial('participant_open', isInOpenCase(t), t.personId, t.instanceKey),
  ],
)
