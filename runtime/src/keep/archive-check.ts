import { archivedStreams } from '../audit/archived.ts'
import type { Store } from '../db/store.ts'
import { ArchiveFolder } from './archive-folder.ts'

/** How the packages of archived cases are, by what the trail says of them. */
export interface PackageCheck {
  readonly whole: number
  /** Not in the folder: they may be kept elsewhere. */
  readonly absent: number
  /** Paths of those that are not as they were made. */
  readonly changed: readonly string[]
}

/** Compares the packages that are in a data folder with the digests that the stream of security has recorded. */
export async function checkPackages(store: Pick<Store, 'read' | 'tables'>, dataFolder: string): Promise<PackageCheck> {
  const folder = new ArchiveFolder(dataFolder)
  const counts = { whole: 0, absent: 0 }
  const changed: string[] = []
  for (const archived of (await archivedStreams(store)).values()) {
    const state = await folder.stateOf(archived)
    if (state === 'changed') changed.push(archived.path)
    else counts[state] += 1
  }
  return { ...counts, changed }
}
