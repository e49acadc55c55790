import type { Logger } from 'pino'
import type { Secrets } from './connector/secrets.ts'
import type { Store } from './db/store.ts'
import type { FileStore } from './file/file-store.ts'
import type { ControllableClock } from './host/clock.ts'
import type { Host } from './host/host.ts'
import type { SecurityRecord } from './identity/security-record.ts'
import type { SignIn } from './identity/sign-in.ts'
import type { ArchiveFolder } from './keep/archive-folder.ts'
import type { PresenceBook } from './package/presence.ts'
import type { Summaries } from './package/summary.ts'
import type { Templates } from './package/templates.ts'
import type { Definitions } from './query/definition.ts'
import type { InboxEvents } from './route/inbox-events.ts'
import type { Load } from './route/load.ts'
import type { Metrics } from './telemetry/metrics.ts'
import type { Tracing } from './telemetry/tracing.ts'
import type { Forms } from './work/form-judge.ts'

/** What the routes stand on; put together once by `main.ts`, or by a test. */
export interface Services {
  readonly store: Store
  readonly host: Host
  readonly signIn: SignIn
  readonly security: SecurityRecord
  readonly files: FileStore
  /** Packages of archived cases. */
  readonly archive: ArchiveFolder
  /** Secrets of connectors and webhooks, by name. */
  readonly secrets: Secrets
  readonly forms: Forms
  readonly definitions: Definitions
  /** Open pages that are told when their inbox may have changed. */
  readonly events: InboxEvents
  /** What is being done at once, and whether more is taken. */
  readonly load: Load
  /** What the studio needs beside the host. */
  readonly studio: { readonly templates: Templates; readonly summaries: Summaries; readonly presence: PresenceBook }
  readonly log: Logger
  readonly metrics: Metrics
  /** Whoever shows it may read the metrics; null lets only this machine. */
  readonly metricsToken: string | null
  readonly tracing: Tracing
  /** The clock when tests may pin it; null otherwise, and then the routes for it do not exist. */
  readonly controllableClock: ControllableClock | null
  /** Folder of the built web app; null serves none. */
  readonly webFolder: string | null
  /** Whether answers go out over https. */
  readonly secure: boolean
  /** Host of the address people come by, beside the one requests name; null without a proxy. */
  readonly publicHost: string | null
  /** Proxies whose word on where a request came from is believed; null for one on this machine. */
  readonly trustedProxies: readonly string[] | null
}
