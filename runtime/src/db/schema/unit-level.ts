import { table } from '../columns.ts'

/** Levels of the tree of units as the organisation names them. */
export const unitLevel = table('unit_level', (c) => ({
  key: c.text('key').primaryKey(),
  name: c.text('name').notNull(),
}))
