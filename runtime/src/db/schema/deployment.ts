import { table } from '../columns.ts'

export const deployment = table('deployment', (c) => ({
  key: c.key('key').primaryKey(),
  at: c.time('at').notNull(),
  actorType: c.text('actor_type').notNull(),
  actorId: c.text('actor_id').notNull(),
  /** Process package: id and version of `package.yaml`; null when none was deployed. */
  packageId: c.text('package_id'),
  packageVersion: c.text('package_version'),
}))
