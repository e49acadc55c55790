import { table } from '../columns.ts'

/** People who have or had a part in a case: started it, were assigned, named as candidate user, or completed a task. */
export const participant = table(
  'participant',
  (c) => ({ instanceKey: c.key('instance_key').notNull(), personId: c.text('person_id').notNull() }),
  (t, k) => [k.primary(t.instanceKey, t.personId), k.index('participant_person', t.personId, t.instanceKey)],
)
