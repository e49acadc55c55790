import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { compactDatabase } from '../db/compact.ts'
import { driverCode } from '../db/storage-error.ts'
import { FileStore } from '../file/file-store.ts'
import { databasePath } from '../host/open.ts'
import { KeepError } from '../keep/keep-error.ts'
import type { Settings } from '../settings.ts'
import { findCaseNamed } from './find-case.ts'
import { counted, explainFailure, print } from './output.ts'
import { onStoppedHost, operator } from './stopped.ts'

interface Options {
  readonly field?: readonly string[]
  readonly all?: boolean
  readonly reason: string
  readonly json?: boolean
}

/** `bihuan erase`: removes data of a finished case for good, with a record of it; chain and proofs hold. */
export function addEraseCommand(program: Command, settings: () => Settings): void {
  program
    .command('erase <case>')
    .description('erase data of a finished case, by its number or key; the server must not run')
    .option('--field <name...>', 'only these variables, and wherever their values were copied to')
    .option('--all', 'all variables, files and free texts')
    .requiredOption('--reason <text>', 'why, for the record; without personal data')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      try {
        const erased = await erase(settings(), name, options)
        print(options.json, erased, [
          erased.records === 0 && erased.drafts === 0
            ? 'Nothing of it was found: nothing was erased.'
            : `Erased: ${counted(erased.records, 'record')}, ${counted(erased.files.length, 'file')}, ${counted(erased.drafts, 'draft')}. Backups and packages still hold them.`,
        ])
      } catch (error) {
        explainFailure(error)
      }
    })
}

/** Also when nothing was found: what an erasure before this one could not write anew still lies in the file. */
function compact(path: string): void {
  try {
    compactDatabase(path)
  } catch (error) {
    throw new KeepError(
      `Expected to write ${path} anew, but the database says ${driverCode(error)}. What was erased may still lie in free places of it: make room as large as it is, and run this again.`,
    )
  }
}

async function erase(settings: Settings, name: string, { field, all = false, reason }: Options) {
  if ((field === undefined) !== all) throw new KeepError('Expected either --field or --all, but not both and not none.')
  if (reason.trim() === '') throw new KeepError('Expected --reason to say why, but it is empty.')
  const erased = await onStoppedHost(settings, async (host) => {
    const { key } = await findCaseNamed(host.store, name)
    const fields = field ?? null
    const erased = await host.erase({ key, fields, reason, actor: operator, requestId: randomUUID() })
    await new FileStore(host.store, settings.dataFolder).finishRemovals()
    return erased
  })
  compact(databasePath(settings.databaseUrl))
  return erased
}
