import type { PackageFiles } from '@bihuan/engine'

/** The BPMN files of a package, by name. */
export const processFiles = (files: PackageFiles): string[] =>
  Object.keys(files)
    .filter((name) => name.endsWith('.bpmn'))
    .sort()

/** The BPMN file that is drawn first: `process.bpmn` when there is one; empty when there is none at all. */
export function firstProcess(files: PackageFiles): string {
  const names = processFiles(files)
  return names.includes('process.bpmn') ? 'process.bpmn' : (names[0] ?? '')
}
