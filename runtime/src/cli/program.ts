import { Command } from 'commander'
import type { Logger } from 'pino'
import type { Settings } from '../settings.ts'
import { version } from '../version.ts'

type AddCommand = (program: Command, settings: () => Settings, log: Logger) => void

const operating = async () => (await import('./operate-command.ts')).addOperateCommands

/** The commands by their first word, each in a module of its own: what a command does not need is not loaded for it. */
const commands: { readonly [name: string]: () => Promise<AddCommand> } = {
  serve: async () => (await import('./serve-command.ts')).addServeCommand,
  deploy: async () => (await import('./deploy-command.ts')).addDeployCommand,
  client: async () => (await import('./client-command.ts')).addClientCommand,
  user: async () => (await import('./user-command.ts')).addUserCommand,
  organisation: async () => (await import('./organisation-command.ts')).addOrganisationCommand,
  verify: async () => (await import('./verify-command.ts')).addVerifyCommand,
  seal: async () => (await import('./seal-command.ts')).addSealCommand,
  key: async () => (await import('./key-command.ts')).addKeyCommand,
  export: async () => (await import('./export-command.ts')).addExportCommand,
  erase: async () => (await import('./erase-command.ts')).addEraseCommand,
  backup: async () => (await import('./backup-command.ts')).addBackupCommand,
  restore: async () => (await import('./restore-command.ts')).addRestoreCommand,
  rebuild: async () => (await import('./rebuild-command.ts')).addRebuildCommand,
  retain: async () => (await import('./retention-command.ts')).addRetainCommand,
  archived: async () => (await import('./retention-command.ts')).addArchivedCommand,
  webhook: async () => (await import('./webhook-command.ts')).addWebhookCommand,
  incidents: operating,
  incident: operating,
  case: operating,
  migrate: operating,
  test: async () => (await import('./test-command.ts')).addTestCommand,
}

/** The words of a command line: without any it serves. No default of the program's, which would take every mistyped command for its own. */
export const wordsOf = (given: readonly string[]): readonly string[] => (given.length === 0 ? ['serve'] : given)

/**
 * The command line for the words it is to read (`wordsOf`): the command that the first of them names, every command when
 * it names no command. `settings` is read when a command needs it, so that `test` runs whatever the environment says.
 */
export async function makeProgram(words: readonly string[], settings: () => Settings, log: Logger): Promise<Command> {
  const program = new Command('bihuan')
    .description('Workflow and forms that government departments configure themselves')
    .version(version)
  const [first = ''] = words
  const asked = Object.hasOwn(commands, first) ? [commands[first]!] : [...new Set(Object.values(commands))]
  for (const load of asked) (await load())(program, settings, log)
  return program
}
