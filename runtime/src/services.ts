import type { Logger } from 'pino'
import type { Store } from './db/store.ts'
import type { FileStore } from './file/file-store.ts'
import type { ControllableClock, Host } from './host/host.ts'
import type { SecurityRecord } from './identity/security-record.ts'
import type { SignIn } from './identity/sign-in.ts'
import type { PresenceBook } from './package/presence.ts'
import type { Summaries } from './package/summary.ts'
import type { Templates } from './package/templates.ts'
import type { Definitions } from './query/definition.ts'
import type { InboxEvents } from './route/inbox-events.ts'
import type { Forms } from './work/form-judge.ts'

/** What the routes stand on; put together once by `main.ts`, or by a test. */
export interface Services {
  readonly store: Store
  readonly host: Host
  readonly signIn: SignIn
  readonly security: SecurityRecord
  readonly files: FileStore
  readonly forms: Forms
  readonly definitions: Definitions
  /** Open pages that are told when their inbox may have changed. */
  readonly events: InboxEvents
  /** What the studio needs beside the host. */
  readonly studio: { readonly templates: Templates; readonly summaries: Summaries; readonly presence: PresenceBook }
  readonly log: Logger
  /** The clock when tests may pin it; null otherwise, and then the routes for it do not exist. */
  readonly controllableClock: ControllableClock | null
  /** Folder of the built web app; null serves none. */
  readonly webFolder: string | null
  /** Whether answers go out over https. */
  readonly secure: boolean
  /** Host of the address people come by, beside the one requests name; null without a proxy. */
  readonly publicHost: string | null
}
