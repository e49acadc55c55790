import { table } from '../columns.ts'

/**
 * Finished cases at rest: all rows of a stream of the trail, with what they say, as one value. While a row is here, the
 * stream has none in `trail` and `payload`, and none in the tables that are looked at inside one case alone.
 */
export const restingCase = table('resting_case', (c) => ({
  stream: c.key('stream').primaryKey(),
  /** Rows of the trail in it. */
  rows: c.integer('rows').notNull(),
  /** As `audit/pack.ts` lays them out. */
  pack: c.bytes('pack').notNull(),
}))
