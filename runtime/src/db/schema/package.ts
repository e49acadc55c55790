import { table } from '../columns.ts'

/** A process package: made by a designer in the studio, or by its first deployment. */
export const processPackage = table(
  'package',
  (c) => ({
    /** The `id` of its `package.yaml`. */
    id: c.text('id').primaryKey(),
    name: c.text('name').notNull(),
    /** Unit whose designers keep it. */
    unitId: c.text('unit_id').notNull(),
    description: c.text('description'),
    department: c.text('department'),
    /** Names of the ring's stages, and how many steps people fill, as published last. */
    stages: c.json<readonly string[]>('stages').notNull(),
    steps: c.integer('steps').notNull(),
    /** Of the version published last; null before the first. */
    version: c.integer('version'),
    /** No new case may be started. */
    retired: c.boolean('retired').notNull(),
    changedAt: c.time('changed_at').notNull(),
  }),
  (t, k) => [k.index('package_unit', t.unitId)],
)
