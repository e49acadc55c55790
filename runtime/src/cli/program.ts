import { Command } from 'commander'
import type { Logger } from 'pino'
import type { Settings } from '../settings.ts'
import { addBackupCommand } from './backup-command.ts'
import { addClientCommand } from './client-command.ts'
import { addDeployCommand } from './deploy-command.ts'
import { addEraseCommand } from './erase-command.ts'
import { addExportCommand } from './export-command.ts'
import { addKeyCommand } from './key-command.ts'
import { addOperateCommands } from './operate-command.ts'
import { addRebuildCommand } from './rebuild-command.ts'
import { addRestoreCommand } from './restore-command.ts'
import { addArchivedCommand, addRetainCommand } from './retention-command.ts'
import { addSealCommand } from './seal-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addTestCommand } from './test-command.ts'
import { addUserCommand } from './user-command.ts'
import { addVerifyCommand } from './verify-command.ts'
import { addWebhookCommand } from './webhook-command.ts'

/** The commands. `settings` is read when a command needs it, so that `test` runs whatever the environment says. */
export function makeProgram(settings: () => Settings, log: Logger): Command {
  const program = new Command('bihuan').description(
    'Workflow and forms that government departments configure themselves',
  )
  addServeCommand(program, settings, log)
  addDeployCommand(program, settings, log)
  addClientCommand(program, settings)
  addUserCommand(program, settings)
  addVerifyCommand(program, settings)
  addSealCommand(program, settings)
  addKeyCommand(program, settings)
  addExportCommand(program, settings)
  addEraseCommand(program, settings)
  addBackupCommand(program, settings)
  addRestoreCommand(program, settings)
  addRebuildCommand(program, settings)
  addRetainCommand(program, settings)
  addArchivedCommand(program, settings)
  addWebhookCommand(program, settings)
  addOperateCommands(program, settings)
  addTestCommand(program)
  return program
}
