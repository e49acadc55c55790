import type { Variables } from '@bihuan/engine'
import { table } from '../columns.ts'

/** Answers somebody has typed and not handed in: of a task (`task:KEY`), a start (`start:PROCESS`), an act on a case. */
export const draft = table(
  'draft',
  (c) => ({
    personId: c.text('person_id').notNull(),
    about: c.text('about').notNull(),
    answers: c.json<Variables>('answers').notNull(),
    savedAt: c.time('saved_at').notNull(),
  }),
  (t, k) => [k.primary(t.personId, t.about)],
)
