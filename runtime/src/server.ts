import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { Connectors } from './connector/connectors.ts'
import { Egress } from './connector/egress.ts'
import { judgeCalls } from './connector/judge-calls.ts'
import { makeConnectors, secretsOf } from './connector/make-connectors.ts'
import { faultOf } from './fault-of.ts'
import { FileStore } from './file/file-store.ts'
import { makeScan, reported, type Scan } from './file/scan.ts'
import { controllableClock as makeControllableClock, systemClock } from './host/clock.ts'
import type { Host } from './host/host.ts'
import { databasePath, openHost } from './host/open.ts'
import { freeBytesOf } from './host/room.ts'
import { Organisation } from './identity/organisation.ts'
import { signInLimit } from './identity/rate-limit.ts'
import { SecurityRecord } from './identity/security-record.ts'
import { sessionSecret } from './identity/session-secret.ts'
import { createSignIn } from './identity/sign-in.ts'
import { ArchiveFolder } from './keep/archive-folder.ts'
import { keepResting, keepRetaining } from './keep/retention-loop.ts'
import { backUpBeforeUpgrade } from './keep/upgrade.ts'
import { PresenceBook } from './package/presence.ts'
import { Summaries } from './package/summary.ts'
import { Templates } from './package/templates.ts'
import { Definitions } from './query/definition.ts'
import { allRoutes, createApp } from './route/app.ts'
import { Door } from './route/door.ts'
import { InboxEvents } from './route/inbox-events.ts'
import { Load } from './route/load.ts'
import type { Services } from './services.ts'
import type { Settings } from './settings.ts'
import { Metrics } from './telemetry/metrics.ts'
import { observedHost } from './telemetry/observed-host.ts'
import { noTracing, openTracing } from './telemetry/tracing.ts'
import { version } from './version.ts'
import { Forms } from './work/form-judge.ts'

/** The house put together: the application over its host. */
export interface Server {
  readonly app: ReturnType<typeof createApp>
  /** Where requests come in before it. */
  readonly door: Door
  readonly host: Host
  readonly services: Services
  readonly organisation: Organisation
  /** The built-in workers. */
  readonly connectors: Connectors
  close(): Promise<void>
}

/** The web app as it is built; null while it is not. */
function webFolder(): string | null {
  const folder = fileURLToPath(new URL('../../designer/dist', import.meta.url))
  return existsSync(join(folder, 'index.html')) ? folder : null
}

/**
 * Opens database, host and application by the settings; listens to nothing yet. Throws `AlreadyOpen`. Tests of faults
 * open the host in a way of their own.
 */
export async function openServer(
  settings: Settings,
  log: Logger,
  options: { readonly poll?: boolean; readonly openHost?: typeof openHost } = {},
): Promise<Server> {
  await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 })
  const clock = settings.controllableClock ? makeControllableClock() : null
  const egress = new Egress(settings.connectors.egress)
  const secrets = secretsOf(settings.connectors, settings.dataFolder)
  await secrets.check()
  const saved = await backUpBeforeUpgrade({
    databasePath: databasePath(settings.databaseUrl),
    dataFolder: settings.dataFolder,
    version,
    now: systemClock.now,
  })
  if (saved !== null) log.info({ backup: saved }, 'backed up before the upgrade of the tables')
  const metrics = new Metrics({ ofProcess: options.poll ?? true })
  const { tracesEndpoint, metricsToken } = settings.edge
  const tracing = tracesEndpoint === null ? noTracing : await openTracing(tracesEndpoint, version)
  const opened = await (options.openHost ?? openHost)({
    databaseUrl: settings.databaseUrl,
    ...(clock && { clock }),
    poll: options.poll ?? true,
    findings: (judged) => judgeCalls(judged, egress),
    disk: { freeBytes: freeBytesOf(settings.dataFolder), low: settings.limits.diskLow },
    requestDays: settings.limits.requestDays,
    hash: settings.hash,
    seal: { folder: settings.dataFolder, copyTo: settings.checkpointCopy },
    report: (what, error) => log.error({ what, ...faultOf(error) }, 'in the background'),
  })
  if (opened.health().alarms.includes('CLOCK_DOUBTED'))
    log.warn('the clock is far ahead of the trail: for a day nothing is archived or forgotten by it. Is it right?')
  const load = new Load()
  metrics.watch(opened, load)
  opened.onGroup(({ units, ms }) => {
    metrics.group(units, ms)
    tracing.done('group commit', ms, { 'bihuan.group.units': units })
  })
  const host = observedHost(opened, metrics, tracing)
  try {
    const { store } = host
    const files = new FileStore(store, settings.dataFolder, () => host.checkRoom(), scanOf(settings, log))
    await files.removeLeftovers()
    await files.finishRemovals().catch((error: unknown) => log.error(faultOf(error), 'files of an erasure'))
    const security = new SecurityRecord(host)
    const isSecure = settings.edge.tls !== null || (settings.publicUrl?.startsWith('https:') ?? false)
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
      archive: new ArchiveFolder(settings.dataFolder),
      secrets,
      forms: new Forms(store),
      definitions: new Definitions(store),
      studio: {
        templates: new Templates(),
        summaries: new Summaries(host),
        presence: new PresenceBook(host.clock),
      },
      events: new InboxEvents({ store, host, log }),
      load,
      log,
      metrics,
      metricsToken,
      tracing,
      controllableClock: clock,
      webFolder: webFolder(),
      secure: isSecure,
      trustedProxies: settings.edge.trustedProxies,
      publicHost: settings.publicUrl === null ? null : new URL(settings.publicUrl).host,
    }
    const connectors = makeConnectors({
      host,
      settings: settings.connectors,
      egress,
      secrets,
      publicUrl: settings.publicUrl,
      poll: options.poll ?? true,
      report: (what, error) => log.error({ what, ...faultOf(error) }, 'connector'),
      onNotified: (people) => services.events.tellPeople(people),
    })
    const stopResting = keepResting({
      host,
      days: (options.poll ?? true) ? settings.limits.restDays : null,
      report: (what, error) => log.error({ what, ...faultOf(error) }, 'rest'),
    })
    const stopRetaining = keepRetaining({
      host,
      files,
      dataFolder: settings.dataFolder,
      days: (options.poll ?? true) ? settings.limits.retentionDays : null,
      // A clock that tests set is set on purpose.
      trustsClock: settings.controllableClock ? () => true : host.trustsClock,
      report: (what, error) => log.error({ what, ...faultOf(error) }, 'retention'),
    })
    const routes = allRoutes(services)
    const always = new Set(routes.filter((route) => route.always).map((route) => route.path))
    return {
      connectors,
      app: createApp(services, routes),
      door: new Door({ ...services, always }),
      host,
      services,
      organisation: new Organisation(store, host),
      async close() {
        services.studio.summaries.close()
        await stopResting()
        await stopRetaining()
        await connectors.close()
        await host.close()
        await tracing.close()
      },
    }
  } catch (error) {
    await host.close()
    throw error
  }
}

/** What judges uploads, telling the log when it cannot. */
function scanOf({ scan }: Settings, log: Logger): Scan | null {
  return scan && reported(makeScan(scan), ({ name, message }) => log.error({ name, why: message }, 'scan'))
}
