import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openLibsqlStore } from '../db/libsql-store.ts'
import type { Store, StoreOptions } from '../db/store.ts'
import { systemClock } from './clock.ts'
import { createHost } from './durable-host.ts'
import type { Clock, Host } from './host.ts'
import type { OnPoint } from './kill-point.ts'

/** How a host works on its store. */
export interface HostOptions {
  /** The system's clock when absent. */
  readonly clock?: Clock
  /** Whether it looks for due timers and left work by itself, every second. Tests say false and call `settle`. */
  readonly poll?: boolean
  /** Live cases kept in memory (2,000); the least used are put away with a snapshot. */
  readonly liveLimit?: number
  /** Trail rows of a case after which its state is saved (100). */
  readonly rowsPerSnapshot?: number
  /** Told of what failed in the background and will be tried again. No personal data. */
  readonly report?: (what: string, error: unknown) => void
  /** Called at named moments, where a test may end the process. */
  readonly point?: OnPoint
}

/** How a host is opened. */
export interface OpenOptions extends HostOptions {
  /** Path or `file:` address of the libSQL database; it and its folder are made when absent. */
  readonly databaseUrl: string
}

/** Path of a database given as a path or a `file:` address. Throws for other addresses. */
export function databasePath(databaseUrl: string): string {
  if (databaseUrl.startsWith('file:///')) return fileURLToPath(databaseUrl)
  if (databaseUrl.startsWith('file:')) return databaseUrl.slice('file:'.length)
  if (/^[a-z][a-z0-9+.-]+:/i.test(databaseUrl))
    throw new Error(
      `Expected a path or a file: address of a libSQL database, but found "${databaseUrl.split(':')[0]}:"`,
    )
  return databaseUrl
}

/**
 * Opens the database of a running or stopped server for reads and single statements, without its lock: for commands such
 * as `client add` and `verify`.
 */
export async function openStore(databaseUrl: string): Promise<Store> {
  const path = databasePath(databaseUrl)
  mkdirSync(dirname(path), { recursive: true })
  return openLibsqlStore(path, { lock: false })
}

/** Opens the durable host of a server. Throws `AlreadyOpen` when another server runs on the same database. */
export async function openHost(options: OpenOptions): Promise<Host> {
  const path = databasePath(options.databaseUrl)
  mkdirSync(dirname(path), { recursive: true })
  return hostOver((opened) => openLibsqlStore(path, opened), options)
}

/** The same over any store; `open` is given what a server's store needs. */
export async function hostOver(
  open: (options: StoreOptions) => Promise<Store>,
  options: HostOptions = {},
): Promise<Host> {
  const clock = options.clock ?? systemClock
  const point: OnPoint = options.point ?? (() => {})
  const store = await open({ lock: true, now: () => clock.now(), point })
  try {
    return await createHost({
      store,
      clock,
      liveLimit: options.liveLimit ?? 2_000,
      rowsPerSnapshot: options.rowsPerSnapshot ?? 100,
      poll: options.poll ?? true,
      point,
      report: options.report ?? (() => {}),
    })
  } catch (error) {
    await store.close()
    throw error
  }
}
