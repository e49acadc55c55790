import { addDuration, parseDuration } from '@bihuan/engine'
import { type Command, Option } from 'commander'
import { addWebhook, listWebhooks, removeWebhook, type Webhook, WebhookFault } from '../connector/webhook.ts'
import { systemClock } from '../host/clock.ts'
import type { Settings } from '../settings.ts'
import { print } from './output.ts'
import { operator } from './stopped.ts'
import { withMadeRecording, withRecording, withStore } from './with-store.ts'

interface AddOptions {
  readonly message: string
  readonly keyExpression: string
  readonly secret: string
  readonly signature: 'v1' | 'v2'
  readonly variable: string
  readonly timeToLive: string
  readonly json?: boolean
}

/** `bihuan webhook …`: doors for other systems that sign what they send. Works whether the server runs or not, and the trail tells it. */
export function addWebhookCommand(program: Command, settings: () => Settings): void {
  const webhook = program.command('webhook').description('doors for systems that sign what they send')
  webhook
    .command('add')
    .description('take what comes to /hooks/NAME as a message')
    .argument('<name>')
    .requiredOption('--message <message>', 'name of the message')
    .requiredOption('--key-expression <feel>', 'FEEL over `body` that gives the correlation key')
    .requiredOption('--secret <name>', 'name of the secret that signs, in the file of secrets')
    .addOption(
      new Option('--signature <version>', 'v2 covers the name; v1 is for senders that cannot sign it')
        .choices(['v1', 'v2'])
        .default('v2'),
    )
    .option('--variable <variable>', 'variable of the message that holds the body', 'body')
    .option('--time-to-live <duration>', 'how long the message waits, ISO 8601', 'PT1H')
    .option('--json', 'print JSON')
    .action(async (name: string, options: AddOptions) => {
      const made = webhookOf(name, options)
      await withMadeRecording(settings(), (on) => addWebhook(on, made, operator))
      print(options.json, made, [
        `Deliveries to /hooks/${name} become the message ${made.messageName}. They are signed by ${made.signature}.`,
      ])
    })
  webhook
    .command('list')
    .description('list webhooks')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withStore(settings(), listWebhooks)
      print(
        json,
        all,
        all.map((one) => `${one.name}  ${one.messageName}  ${one.keyExpression}  ${one.secret}  ${one.signature}`),
      )
    })
  webhook
    .command('remove')
    .description('remove a webhook; what comes to it is refused from now on')
    .argument('<name>')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const isRemoved = await withRecording(settings(), (on) => removeWebhook(on, name, operator))
      if (!isRemoved) process.exitCode = 1
      print(json, { name, removed: isRemoved }, [
        isRemoved ? `Removed ${name}.` : `Expected a webhook ${name}, but there is none. See: bihuan webhook list`,
      ])
    })
}

/** Throws `WebhookFault` for a duration that is none. */
function webhookOf(name: string, options: AddOptions): Webhook {
  const duration = parseDuration(options.timeToLive)
  const timeToLive = duration ? addDuration(0, duration) : -1
  if (timeToLive < 0) throw new WebhookFault('Expected --time-to-live to be an ISO 8601 duration, as PT1H.')
  return {
    name,
    messageName: options.message,
    keyExpression: options.keyExpression.replace(/^\s*=/, ''),
    secret: options.secret,
    signature: options.signature,
    variable: options.variable,
    timeToLive,
    createdAt: systemClock.now(),
  }
}
