import type { PackageFiles } from '@bihuan/engine'
import type { OpenWorkspace } from '../workspace/opened-workspace.ts'
import type { FileChanges } from '../workspace/workspace.ts'

/** What turns some files into others: texts that differ, and null for what is not there. */
export function changesTo(from: PackageFiles, to: PackageFiles): FileChanges {
  const changes: Record<string, string | null> = {}
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)]))
    if (from[name] !== to[name]) changes[name] = to[name] ?? null
  return changes
}

/**
 * Puts the files of an earlier version into the draft and saves it.
 * @param copy name of the package that keeps the draft as it is now; null when there is nothing to keep
 */
export async function takeBack(workspace: OpenWorkspace, files: PackageFiles, copy: string | null): Promise<void> {
  if (copy !== null) await workspace.copyAside(copy)
  workspace.write(changesTo(workspace.plain(), files), 'load')
  await workspace.flush()
}
