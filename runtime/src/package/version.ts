import { Rejection } from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import type { VersionFiles } from '../contract/contract.ts'
import type { Store } from '../db/store.ts'
import { countRunning } from '../query/running.ts'
import { actorNames, showVersion } from './show.ts'

/** A published version with its files. Throws `NOT_FOUND`. */
export async function findVersion(store: Store, packageId: string, version: string): Promise<VersionFiles> {
  const { packageVersion: t } = store.tables
  const number = /^[1-9][0-9]{0,8}$/.test(version) ? Number(version) : 0
  const [row] = await store.read
    .select()
    .from(t)
    .where(and(eq(t.packageId, packageId), eq(t.version, number)))
    .limit(1)
  if (!row) throw new Rejection('NOT_FOUND')
  const running = await countRunning(store, [packageId])
  const nameOf = await actorNames(store, [row.publishedBy])
  return {
    version: showVersion(row, running.ofDeployment(row.deploymentKey), nameOf),
    files: Object.entries(row.files)
      .map(([name, text]) => ({ name, text }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}
