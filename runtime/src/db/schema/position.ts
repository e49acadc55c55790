import { table } from '../columns.ts'

/** Roles as the organisation names them. */
export const role = table('role', (c) => ({
  key: c.text('key').primaryKey(),
  name: c.text('name').notNull(),
  /** Level of the units it is held in; null for any. */
  level: c.text('level'),
}))

/** Who holds which role in which unit. */
export const position = table(
  'position',
  (c) => ({
    personId: c.text('person_id').notNull(),
    role: c.text('role').notNull(),
    unitId: c.text('unit_id').notNull(),
    since: c.time('since').notNull(),
  }),
  (t, k) => [k.primary(t.personId, t.role, t.unitId), k.index('position_holder', t.unitId, t.role, t.personId)],
)
