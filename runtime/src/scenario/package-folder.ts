import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** One file of a process package: its path below the folder, and its text. */
export interface PackageFile {
  readonly name: string
  readonly text: string
}

/** A process package as it lies in a folder (design §12). Nothing is judged yet. */
export interface PackageFolder {
  readonly folder: string
  readonly processes: readonly PackageFile[]
  readonly decisions: readonly PackageFile[]
  readonly forms: readonly PackageFile[]
  readonly scenarios: readonly PackageFile[]
  /** `package.yaml`, `parameters.yaml`, `organisation.yaml`, each null when absent. */
  readonly about: PackageFile | null
  readonly parameters: PackageFile | null
  readonly organisation: PackageFile | null
}

/** A folder that is no process package. */
export class PackageFolderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PackageFolderError'
  }
}

/** Reads a package folder, files in order of name. Throws `PackageFolderError` when it has no BPMN file. */
export async function readPackageFolder(folder: string): Promise<PackageFolder> {
  const names = await namesIn(folder)
  if (!names) throw new PackageFolderError(`Expected a folder, but ${folder} is none. Give the folder of a process package.`)
  const read = async (name: string): Promise<PackageFile> => ({ name: relative(folder, join(folder, name)), text: await readFile(join(folder, name), 'utf8') })
  const ending = (end: string) => Promise.all(names.filter((name) => name.endsWith(end)).map(read))
  const one = async (name: string) => (names.includes(name) ? read(name) : null)
  const processes = await ending('.bpmn')
  if (processes.length === 0) {
    throw new PackageFolderError(`Expected a .bpmn file in ${folder}, but there is none. Give the folder of a process package.`)
  }
  const scenarios = ((await namesIn(join(folder, 'scenarios'))) ?? []).filter((name) => name.endsWith('.yaml'))
  return {
    folder,
    processes,
    decisions: await ending('.dmn'),
    forms: await ending('.form'),
    scenarios: await Promise.all(scenarios.map((name) => read(join('scenarios', name)))),
    about: await one('package.yaml'),
    parameters: await one('parameters.yaml'),
    organisation: await one('organisation.yaml'),
  }
}

async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}
