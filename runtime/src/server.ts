import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { FileStore } from './file/file-store.ts'
import { controllableClock as makeControllableClock } from './host/clock.ts'
import type { Host } from './host/host.ts'
import { openHost } from './host/open.ts'
import { Organisation } from './identity/organisation.ts'
import { signInLimit } from './identity/rate-limit.ts'
import { SecurityRecord } from './identity/security-record.ts'
import { createSignIn } from './identity/sign-in.ts'
import { PresenceBook } from './package/presence.ts'
import { Summaries } from './package/summary.ts'
import { Templates } from './package/templates.ts'
import { Definitions } from './query/definition.ts'
import { createApp } from './route/app.ts'
import { InboxEvents } from './route/inbox-events.ts'
import type { Services } from './services.ts'
import type { Settings } from './settings.ts'
import { Forms } from './work/form-judge.ts'

/** The house put together: the application over its host. */
export interface Server {
  readonly app: ReturnType<typeof createApp>
  readonly host: Host
  readonly services: Services
  readonly organisation: Organisation
  close(): Promise<void>
}

/** The web app as it is built; null while it is not. */
function webFolder(): string | null {
  const folder = fileURLToPath(new URL('../../designer/dist', import.meta.url))
  return existsSync(join(folder, 'index.html')) ? folder : null
}

/** Opens database, host and application by the settings; listens to nothing yet. Throws `AlreadyOpen`. */
export async function openServer(
  settings: Settings,
  log: Logger,
  options: { readonly poll?: boolean } = {},
): Promise<Server> {
  await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 })
  const clock = settings.controllableClock ? makeControllableClock() : null
  const host = await openHost({
    databaseUrl: settings.databaseUrl,
    ...(clock && { clock }),
    poll: options.poll ?? true,
    report: (what, error) =>
      log.error({ what, name: error instanceof Error ? error.name : typeof error }, 'in the background'),
  })
  try {
    const { store } = host
    const files = new FileStore(store, settings.dataFolder)
    await files.removeLeftovers()
    const security = new SecurityRecord(host)
    const isSecure = settings.publicUrl?.startsWith('https:') ?? false
    const services: Services = {
      store,
      host,
      signIn: createSignIn({
        store,
        host,
        secret: await sessionSecret(settings.dataFolder),
        secure: isSecure,
        limit: signInLimit(),
        security,
      }),
      security,
      files,
      forms: new Forms(store),
      definitions: new Definitions(store),
      studio: {
        templates: new Templates(),
        summaries: new Summaries(host),
        presence: new PresenceBook(host.clock),
      },
      events: new InboxEvents({ store, host, log }),
      log,
      controllableClock: clock,
      webFolder: webFolder(),
      secure: isSecure,
      publicHost: settings.publicUrl === null ? null : new URL(settings.publicUrl).host,
    }
    return {
      app: createApp(services),
      host,
      services,
      organisation: new Organisation(store, host),
      async close() {
        services.studio.summaries.close()
        await host.close()
      },
    }
  } catch (error) {
    await host.close()
    throw error
  }
}

/** Signs session cookies; made once, kept beside the database, readable by its owner alone. */
async function sessionSecret(folder: string): Promise<string> {
  const path = join(folder, 'session-secret')
  try {
    await writeFile(path, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  await chmod(path, 0o600)
  return (await readFile(path, 'utf8')).trim()
}
