import type { PackageFiles } from '@bihuan/engine'
import type { FileChanges } from './workspace.ts'

/** The files after changes to them. */
export function changed(files: PackageFiles, changes: FileChanges): PackageFiles {
  const next: Record<string, string> = { ...files }
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) delete next[name]
    else next[name] = text
  }
  return next
}
