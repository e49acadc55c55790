import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Resource } from '../host/host.ts'

/** A text file of a process package: its path below the folder, and its text. */
export interface PackageFile {
  readonly name: string
  readonly text: string
}

/** A process package as it lies in a folder (design §12). Nothing is judged yet. */
export interface PackageFolder {
  readonly folder: string
  /** What is deployed together: BPMN, DMN, forms, `package.yaml`, `parameters.yaml`, in order of name. */
  readonly resources: readonly Resource[]
  readonly scenarios: readonly PackageFile[]
  /** `organisation.yaml`; null when absent. */
  readonly organisation: PackageFile | null
}

/** A folder that is no process package. */
export class PackageFolderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PackageFolderError'
  }
}

const DEPLOYED = /\.(bpmn|dmn|form)$|^(package|parameters)\.yaml$/

/** Reads a package folder. Throws `PackageFolderError` when it has no BPMN file. */
export async function readPackageFolder(folder: string): Promise<PackageFolder> {
  const names = await namesIn(folder)
  if (!names)
    throw new PackageFolderError(`Expected a folder, but ${folder} is none. Give the folder of a process package.`)
  if (!names.some((name) => name.endsWith('.bpmn'))) {
    throw new PackageFolderError(
      `Expected a .bpmn file in ${folder}, but there is none. Give the folder of a process package.`,
    )
  }
  const text = async (name: string): Promise<PackageFile> => ({
    name,
    text: await readFile(join(folder, name), 'utf8'),
  })
  const scenarios = ((await namesIn(join(folder, 'scenarios'))) ?? []).filter((name) => name.endsWith('.yaml'))
  const deployed = names.filter((name) => DEPLOYED.test(name))
  return {
    folder,
    resources: await Promise.all(deployed.map(async (name) => ({ name, content: await readFile(join(folder, name)) }))),
    scenarios: await Promise.all(scenarios.map((name) => text(`scenarios/${name}`))),
    organisation: names.includes('organisation.yaml') ? await text('organisation.yaml') : null,
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
