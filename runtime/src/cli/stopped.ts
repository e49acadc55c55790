import type { Actor } from '@bihuan/engine'
import type { Host } from '../host/host.ts'
import { openHost } from '../host/open.ts'
import type { Settings } from '../settings.ts'

/** Who acts on the command line: whoever may read the data folder. */
export const operator: Actor = { type: 'system', id: 'operator' }

/** Works on the host of a server that is stopped. Throws `AlreadyOpen` while it runs. */
export async function onStoppedHost<T>(settings: Settings, work: (host: Host) => Promise<T>): Promise<T> {
  const host = await openHost({
    databaseUrl: settings.databaseUrl,
    poll: false,
    hash: settings.hash,
    seal: { folder: settings.dataFolder, copyTo: settings.checkpointCopy },
  })
  try {
    return await work(host)
  } finally {
    await host.close()
  }
}
