import { table } from '../columns.ts'

/** Units of the organisation, a tree. */
export const unit = table(
  'unit',
  (c) => ({
    id: c.text('id').primaryKey(),
    name: c.text('name').notNull(),
    /** `district`, `township`, `village`, … as the organisation names its levels. */
    level: c.text('level').notNull(),
    /** Null for the root. */
    parentId: c.text('parent_id'),
    /** Ids from the root to this unit: `/district/town/village/`. */
    path: c.text('path').notNull(),
    /** Place among its brothers, as the organisation lists them. */
    place: c.integer('place').notNull(),
  }),
  (t, k) => [k.index('unit_parent', t.parentId), k.unique('unit_path', t.path)],
)
