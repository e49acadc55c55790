import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibsqlStore } from '../db/libsql-store.ts'
import type { Store, StoreOptions } from '../db/store.ts'
import type { ControllableClock } from '../host/clock.ts'
import { controllableClock } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { type HostOptions, hostOver } from '../host/open.ts'

/** A host on a database of its own, with a folder and a clock that stands still. */
export interface TemporaryHost {
  readonly host: Host
  readonly clock: ControllableClock
  readonly folder: string
  /** Closes it and opens a new host on the same database. */
  reopen(options?: HostOptions): Promise<Host>
  /** Closes it and removes the folder. */
  remove(): Promise<void>
}

/**
 * Opens a temporary host whose clock stands at 2026-03-02T09:00+08:00. It does not poll. `open` gives the store; a libSQL
 * file in the folder when absent.
 */
export async function temporaryHost(open?: (options: StoreOptions) => Promise<Store>): Promise<TemporaryHost> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-'))
  const clock = controllableClock(Date.parse('2026-03-02T09:00:00+08:00'))
  const openStore = open ?? ((options: StoreOptions) => openLibsqlStore(join(folder, 'bihuan.db'), options))
  const openHost = (options: HostOptions = {}) => hostOver(openStore, { clock, poll: false, ...options })
  let host = await openHost()
  return {
    get host() {
      return host
    },
    clock,
    folder,
    async reopen(options) {
      await host.close()
      host = await openHost(options)
      return host
    },
    async remove() {
      await host.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
