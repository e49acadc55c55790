import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { Logger } from 'pino'
import type { Resource } from '../host/deployment.ts'
import { readPackageFolder } from '../package/package-folder.ts'
import { openServer } from '../server.ts'
import type { Settings } from '../settings.ts'
import { explainFailure, print } from './output.ts'

/** `bihuan deploy`: a package folder, or single files, all or nothing. The server must not run; while it does, `POST /v2/deployments` is the way. */
export function addDeployCommand(program: Command, settings: () => Settings, log: Logger): void {
  program
    .command('deploy')
    .description('deploy a package folder or single files, while the server does not run')
    .argument('<paths...>', 'a folder, or BPMN, DMN, form and YAML files')
    .option('--json', 'print JSON')
    .action(async (paths: string[], { json }: { json?: boolean }) => {
      try {
        const resources = await resourcesOf(paths)
        const server = await openServer(settings(), log, { poll: false })
        try {
          const made = await server.host.deploy(resources, { type: 'system', id: 'cli' }, randomUUID())
          print(json, made, [
            ...made.processes.map((one) => `process   ${one.id} version ${one.version}`),
            ...made.decisions.map((one) => `decision  ${one.id} version ${one.version}`),
            ...made.forms.map((one) => `form      ${one.id} version ${one.version}`),
          ])
        } finally {
          await server.close()
        }
      } catch (error) {
        explainFailure(error)
      }
    })
}

async function resourcesOf(paths: readonly string[]): Promise<readonly Resource[]> {
  const [only] = paths
  if (only !== undefined && paths.length === 1 && (await stat(only)).isDirectory())
    return (await readPackageFolder(only)).resources
  return Promise.all(paths.map(async (path) => ({ name: basename(path), content: await readFile(path) })))
}
