import { join } from 'node:path'
import type { Host } from '../host/host.ts'
import { messageWorker, startWorker } from './case-workers.ts'
import type { ConnectorSettings } from './connector-settings.ts'
import { Connectors } from './connectors.ts'
import type { Egress } from './egress.ts'
import { type CallLimits, callLimits } from './http-call.ts'
import { httpWorker } from './http-worker.ts'
import { mailer } from './mailer.ts'
import { notifyWorker } from './notify-worker.ts'
import { Secrets } from './secrets.ts'
import type { Worker } from './worker.ts'

/** The secrets of a server: of the file its settings name, else of the one beside the database. */
export const secretsOf = ({ secretsFile }: ConnectorSettings, dataFolder: string): Secrets =>
  new Secrets(secretsFile ?? join(dataFolder, 'secrets.json'))

/** Puts the built-in workers together. */
export function makeConnectors(given: {
  readonly host: Host
  readonly settings: ConnectorSettings
  readonly egress: Egress
  readonly secrets: Secrets
  readonly publicUrl: string | null
  readonly poll: boolean
  readonly report: (what: string, error: unknown) => void
  readonly onNotified: (people: readonly string[]) => void
  readonly limits?: CallLimits
}): Connectors {
  const { host, settings, egress, secrets, publicUrl, poll, report, onNotified } = given
  const calls = { egress, secrets, limits: given.limits ?? callLimits, now: () => host.clock.now() }
  const { smtpUrl, mailFrom } = settings
  const mail = smtpUrl === null || mailFrom === null ? null : mailer(smtpUrl, mailFrom)
  const workers = new Map<string, Worker>([
    ['bihuan.http', httpWorker(calls)],
    ['bihuan.notify', notifyWorker({ store: host.store, calls, mail, publicUrl, onNotified })],
    ['bihuan.start', startWorker(host)],
    ['bihuan.message', messageWorker(host)],
  ])
  return new Connectors({ host, workers, poll, report })
}
