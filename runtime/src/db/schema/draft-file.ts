import { table } from '../columns.ts'

/**
 * A file of a package as somebody left it in the studio. A row stays when its file is published, thrown away or removed,
 * so that a revision never comes back with another text.
 */
export const draftFile = table(
  'draft_file',
  (c) => ({
    packageId: c.text('package_id').notNull(),
    name: c.text('name').notNull(),
    revision: c.integer('revision').notNull(),
    /** `published`: the text is that of the version published last, or there is none. */
    state: c.text<'changed' | 'removed' | 'published'>('state').notNull(),
    /** Null unless changed. */
    text: c.text('text'),
    savedAt: c.time('saved_at').notNull(),
    savedBy: c.text('saved_by').notNull(),
  }),
  (t, k) => [k.primary(t.packageId, t.name)],
)
