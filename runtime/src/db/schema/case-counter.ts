import { table } from '../columns.ts'

/** Last case number given out per prefix and year (of Asia/Shanghai). */
export const caseCounter = table(
  'case_counter',
  (c) => ({ prefix: c.text('prefix').notNull(), year: c.integer('year').notNull(), last: c.integer('last').notNull() }),
  (t, k) => [k.primary(t.prefix, t.year)],
)
