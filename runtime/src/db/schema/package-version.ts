import type { PackageFiles } from '@bihuan/engine'
import { table } from '../columns.ts'

/** A published version of a process package, with all its files. */
export const packageVersion = table(
  'package_version',
  (c) => ({
    key: c.key('key').primaryKey(),
    packageId: c.text('package_id').notNull(),
    /** Counts within the package, from 1. */
    version: c.integer('version').notNull(),
    note: c.text('note').notNull(),
    publishedAt: c.time('published_at').notNull(),
    actorType: c.text<'person' | 'client' | 'system'>('actor_type').notNull(),
    publishedBy: c.text('published_by').notNull(),
    /** The deployment that made its definitions. */
    deploymentKey: c.key('deployment_key').notNull(),
    files: c.json<PackageFiles>('files').notNull(),
    /** SHA-256 of the files, hex. */
    digest: c.text('digest').notNull(),
  }),
  (t, k) => [
    k.unique('package_version_number', t.packageId, t.version),
    k.unique('package_version_deployment', t.deploymentKey),
  ],
)
