import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type NewAccount, Organisation } from '../identity/organisation.ts'
import { readOrganisationFile } from '../identity/organisation-file.ts'
import type { Change } from '../identity/organisation-plan.ts'
import type { Settings } from '../settings.ts'
import { counted, explainFailure, print } from './output.ts'
import { operator } from './stopped.ts'
import { withMadeRecording, withRecording } from './with-store.ts'

interface Options {
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** `bihuan organisation load`: units, roles and people as a file says. Works whether the server runs or not, and the trail tells it. */
export function addOrganisationCommand(program: Command, settings: () => Settings): void {
  program
    .command('organisation')
    .description('units, roles, and people with their positions')
    .command('load')
    .description('make them as a file says; passwords of new people are printed, this once')
    .argument('<file>', 'an organisation.yaml')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--json', 'print JSON')
    .action(async (path: string, { dryRun = false, json = false }: Options) => {
      const done: Change[] = []
      const accounts: NewAccount[] = []
      // Told as it is done: a password that was set is not lost with what comes after it.
      const tell = (change: Change, account: NewAccount | null) => {
        done.push(change)
        if (account) accounts.push(account)
        if (!json) print(false, null, [lineOf(change, account)])
      }
      try {
        const file = readOrganisationFile(await readFile(path, 'utf8'))
        if (dryRun) {
          const plan = await withRecording(settings(), (on) => new Organisation(on.store, on).plan(file))
          for (const change of plan) tell(change, null)
        } else await withMadeRecording(settings(), (on) => new Organisation(on.store, on).load(file, operator, tell))
        if (!json) print(false, null, [countedChanges(done.length, dryRun)])
      } catch (error) {
        explainFailure(error)
      } finally {
        const changes = done.map(({ kind, value }) => ({ kind, ...value }))
        if (json) print(true, { dryRun, changes, accounts }, [])
      }
    })
}

const lineOf = ({ kind, about }: Change, account: NewAccount | null): string =>
  `${kind.padEnd(16)}  ${about}${account ? `  password ${account.password}` : ''}`

function countedChanges(count: number, isDry: boolean): string {
  if (count === 0) return 'Everything is so already.'
  return isDry ? `${counted(count, 'change')} to make. Nothing was written.` : `${counted(count, 'change')}.`
}
