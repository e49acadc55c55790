import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Resource } from '../host/deployment.ts'

/** A text file of a process package: its path below the folder, and its text. */
export interface PackageFile {
  readonly name: string
  readonly text: string
}

/** A process package as it lies in a folder (design §12). Nothing is judged yet. */
export interface PackageFolder {
  readonly folder: string
  /** What makes a version of the package, scenarios included, in order of name. */
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

const OF_PACKAGE = /\.(bpmn|dmn|form)$|\.dmn\.tests\.yaml$|^(package|parameters|fields)\.yaml$/

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
  const content = async (name: string) => ({ name, content: await readFile(join(folder, name)) })
  const scenarios = await yamlIn(folder, 'scenarios')
  const documents = await yamlIn(folder, 'documents')
  const utf8 = new TextDecoder()
  return {
    folder,
    resources: await Promise.all(
      [...names.filter((name) => OF_PACKAGE.test(name)), ...documents, ...scenarios].map(content),
    ),
    scenarios: (await Promise.all(scenarios.map(content))).map((one) => ({
      name: one.name,
      text: utf8.decode(one.content),
    })),
    organisation: names.includes('organisation.yaml')
      ? { name: 'organisation.yaml', text: await readFile(join(folder, 'organisation.yaml'), 'utf8') }
      : null,
  }
}

/** Folders below `root` that hold a `package.yaml`, in order of name; none when there is no such folder. */
export async function packageFoldersIn(root: string): Promise<readonly string[]> {
  const folders: string[] = []
  for (const name of (await namesIn(root)) ?? [])
    if ((await namesIn(join(root, name)))?.includes('package.yaml')) folders.push(join(root, name))
  return folders
}

async function yamlIn(folder: string, within: string): Promise<readonly string[]> {
  const names = (await namesIn(join(folder, within))) ?? []
  return names.filter((name) => name.endsWith('.yaml')).map((name) => `${within}/${name}`)
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
