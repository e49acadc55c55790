import { table } from '../columns.ts'

/** Who may write, by name (`writer`). Every group of writes checks that its epoch is still the one in force. */
export const lease = table('lease', (c) => ({
  name: c.text('name').primaryKey(),
  epoch: c.integer('epoch').notNull(),
  holder: c.text('holder').notNull(),
  takenAt: c.time('taken_at').notNull(),
}))
