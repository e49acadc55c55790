import { type Command, InvalidArgumentError } from 'commander'
import { addApiClient, listApiClients, removeApiClient } from '../identity/api-client.ts'
import type { Settings } from '../settings.ts'
import { print } from './output.ts'
import { operator } from './stopped.ts'
import { withMadeRecording, withRecording, withStore } from './with-store.ts'

/** `bihuan client …`: other systems that may call `/v2`. Works whether the server runs or not, and the trail tells it. */
export function addClientCommand(program: Command, settings: () => Settings): void {
  const client = program.command('client').description('systems that may call /v2')
  client
    .command('add')
    .description('add a client and print its secret, this once')
    .argument('<name>', 'what the system is called', readName)
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const made = await withMadeRecording(settings(), (on) => addApiClient(on, name, operator))
      print(json, made, [`id      ${made.id}`, `secret  ${made.secret}`, 'The secret is not shown again.'])
    })
  client
    .command('list')
    .description('list clients')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withStore(settings(), listApiClients)
      print(
        json,
        all,
        all.map((one) => `${one.id}  ${new Date(one.createdAt).toISOString()}  ${one.name}`),
      )
    })
  client
    .command('remove')
    .description('remove a client; what it could do ends now')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const isRemoved = await withRecording(settings(), (on) => removeApiClient(on, id, operator))
      if (!isRemoved) process.exitCode = 1
      print(json, { id, removed: isRemoved }, [
        isRemoved ? `Removed ${id}.` : `Expected a client ${id}, but there is none. See: bihuan client list`,
      ])
    })
}

/** A name to know a client by in lists and in the trail. */
function readName(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 200) throw new InvalidArgumentError('Expected a name of 1 to 200 characters.')
  return name
}
