import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controllableClock } from '../host/clock.ts'
import type { ControllableClock, Host } from '../host/host.ts'
import { type OpenOptions, openHost } from '../host/open.ts'

/** A host on a database of its own in a temporary folder, with a clock that stands still. */
export interface TemporaryHost {
  readonly host: Host
  readonly clock: ControllableClock
  readonly folder: string
  readonly databaseUrl: string
  /** Closes it and opens a new host on the same database. */
  reopen(options?: Partial<OpenOptions>): Promise<Host>
  /** Closes it and removes the folder. */
  remove(): Promise<void>
}

/** Opens a temporary host whose clock stands at `at` (2026-03-02T09:00+08:00 when absent). It does not poll. */
export async function temporaryHost(
  options: Partial<OpenOptions> & { readonly at?: number } = {},
): Promise<TemporaryHost> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-'))
  const databaseUrl = join(folder, 'bihuan.db')
  const clock = controllableClock(options.at ?? Date.parse('2026-03-02T09:00:00+08:00'))
  const open = (more: Partial<OpenOptions> = {}) => openHost({ databaseUrl, clock, poll: false, ...options, ...more })
  let host = await open()
  return {
    get host() {
      return host
    },
    clock,
    folder,
    databaseUrl,
    async reopen(more) {
      await host.close()
      host = await open(more)
      return host
    },
    async remove() {
      await host.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
