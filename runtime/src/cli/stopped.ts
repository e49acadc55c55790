import type { Actor } from '@bihuan/engine'
import type { Host } from '../host/host.ts'
import { openHost } from '../host/open.ts'
import { encodeText } from '../log.ts'
import type { Settings } from '../settings.ts'
import { findDatabase } from './find-database.ts'

/** Who acts on the command line: whoever may read the data folder. */
export const operator: Actor = { type: 'system', id: 'operator' }

/** Says what failed beside the command, such as the copy of a checkpoint. Sets exit code 1. */
function tellFailure(what: string, error: unknown): void {
  process.exitCode = 1
  console.error(encodeText(`${what}: ${error instanceof Error ? error.message : String(error)}`))
}

/** Works on the host of a server that is stopped. Throws `AlreadyOpen` while it runs, `KeepError` where there is none. */
export async function onStoppedHost<T>(settings: Settings, work: (host: Host) => Promise<T>): Promise<T> {
  const host = await openHost({
    databaseUrl: findDatabase(settings.databaseUrl),
    poll: false,
    hash: settings.hash,
    seal: { folder: settings.dataFolder, copyTo: settings.checkpointCopy },
    report: tellFailure,
  })
  try {
    return await work(host)
  } finally {
    await host.close()
  }
}
