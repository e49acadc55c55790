import type { Actor } from '@bihuan/engine'
import type { NewAccount } from './identity/organisation.ts'
import { readOrganisationFile } from './identity/organisation-file.ts'
import { packageFoldersIn, readPackageFolder } from './package/package-folder.ts'
import { examplesFolder } from './package/templates.ts'
import type { Server } from './server.ts'

const seeder: Actor = { type: 'system', id: 'seed' }

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
  for (const folder of await packageFoldersIn(examplesFolder)) {
    const { resources, organisation: file } = await readPackageFolder(folder)
    if (file) accounts.push(...(await organisation.load(readOrganisationFile(file.text), seeder)))
    await host.deploy(resources, seeder, `seed:${folder.split('/').pop()}`)
  }
  return accounts
}
