import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Actor } from '@bihuan/engine'
import type { NewAccount } from './identity/organisation.ts'
import { readOrganisationFile } from './identity/organisation-file.ts'
import { readPackageFolder } from './scenario/package-folder.ts'
import type { Server } from './server.ts'

const seeder: Actor = { type: 'system', id: 'seed' }

/** Folders of the examples that are process packages. */
async function exampleFolders(): Promise<readonly string[]> {
  const root = fileURLToPath(new URL('../../examples', import.meta.url))
  const folders: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules') continue
    const folder = join(root, entry.name)
    if ((await readdir(folder)).includes('package.yaml')) folders.push(folder)
  }
  return folders.sort()
}

/**
 * Fills an empty database with the examples: their processes and their organisation with demo people. Gives the
 * accounts it made, with the passwords that are shown this once; none when somebody is there already.
 */
export async function seedDemo({
  host,
  organisation,
}: Pick<Server, 'host' | 'organisation'>): Promise<readonly NewAccount[]> {
  if (!(await organisation.isEmpty())) return []
  const accounts: NewAccount[] = []
  for (const folder of await exampleFolders()) {
    const { resources, organisation: file } = await readPackageFolder(folder)
    if (file) accounts.push(...(await organisation.load(readOrganisationFile(file.text), seeder)))
    await host.deploy(resources, seeder, `seed:${folder.split('/').pop()}`)
  }
  return accounts
}
