import { Command } from 'commander'
import type { Logger } from 'pino'
import type { Settings } from '../settings.ts'
import { addClientCommand } from './client-command.ts'
import { addDeployCommand } from './deploy-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addTestCommand } from './test-command.ts'
import { addUserCommand } from './user-command.ts'
import { addVerifyCommand } from './verify-command.ts'

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
  addTestCommand(program)
  return program
}
