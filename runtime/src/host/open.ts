import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import type { JudgedPackage, Problem } from '@bihuan/engine'
import type { HashAlgorithm } from '../audit/algorithm.ts'
import { openSnapshot } from '../db/libsql-snapshot.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import type { FaultMoment, Store, StoreOptions } from '../db/store.ts'
import { ADMISSION, type AdmissionLimits } from './admission.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { createHost } from './durable-host.ts'
import type { Host } from './host.ts'
import type { OnPoint } from './kill-point.ts'
import { type Disk, freeBytesOf } from './room.ts'
import type { SealOptions } from './sealing.ts'

const LIVE_BYTES = 64 * 1024 * 1024

/** How a host works on its store. */
export interface HostOptions {
  /** The system's clock when absent. */
  readonly clock?: Clock
  /** Whether it looks for due timers and left work by itself, every second. Tests say false and call `settle`. */
  readonly poll?: boolean
  /** Live cases kept in memory (2,000); the least used are put away with a snapshot. */
  readonly liveLimit?: number
  /** Bytes of their states as text (an eighth of the memory node may take, 64 MB at most); above it they are put away, too. */
  readonly liveBytes?: number
  /** What is taken in at once. */
  readonly admission?: Partial<AdmissionLimits>
  /** The disk to watch; that of the database for `openHost`, with nothing too little, none for `hostOver`. */
  readonly disk?: Disk
  /** Days for which answered requests are remembered (30): so long a repeat is given the first answer. */
  readonly requestDays?: number
  /** Milliseconds on a clock that only goes on; the process's own when absent. */
  readonly steady?: () => number
  /** A test may make the disk fail here. */
  readonly fault?: (moment: FaultMoment) => void
  /** Pages the database may have. */
  readonly maxPages?: () => number
  /** Trail rows of a case after which its state is saved (100). */
  readonly rowsPerSnapshot?: number
  /** Hash algorithm of new rows of the trail and of the tree that seals them (SHA-256). */
  readonly hash?: HashAlgorithm
  /** How the trail is sealed by checkpoints; without it, it is chained and not sealed. */
  readonly seal?: SealOptions
  /** Findings about a deployment that only this server can have, such as hosts it may not call. */
  readonly findings?: (judged: JudgedPackage) => readonly Problem[]
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

/** The tables of a database are of an older version, and only a server changes them: it makes a backup first. */
export class OlderDatabase extends Error {
  constructor(path: string) {
    super(
      `Expected ${path} to have the tables of this version, but it is of an older one. Start the server once: it backs up first.`,
    )
    this.name = 'OlderDatabase'
  }
}

function checkTables(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return
  const database = openSnapshot(path)
  try {
    if (database.outdated().length > 0) throw new OlderDatabase(path)
  } finally {
    database.close()
  }
}

/**
 * Opens the database of a running or stopped server for reads and single statements, without its lock: for commands such
 * as `client add` and `verify`. Throws `OlderDatabase`.
 */
export async function openStore(databaseUrl: string): Promise<Store> {
  const path = databasePath(databaseUrl)
  mkdirSync(dirname(path), { recursive: true })
  checkTables(path)
  return openLibsqlStore(path, { lock: false })
}

/** Opens the durable host of a server. Throws `AlreadyOpen` when another server runs on the same database. */
export async function openHost(options: OpenOptions): Promise<Host> {
  const path = databasePath(options.databaseUrl)
  mkdirSync(dirname(path), { recursive: true })
  const disk = options.disk ?? { freeBytes: freeBytesOf(dirname(resolve(path))), low: 0 }
  return hostOver((opened) => openLibsqlStore(path, opened), { ...options, disk })
}

/** The same over any store; `open` is given what a server's store needs. */
export async function hostOver(
  open: (options: StoreOptions) => Promise<Store>,
  options: HostOptions = {},
): Promise<Host> {
  const clock = options.clock ?? systemClock
  const point: OnPoint = options.point ?? (() => {})
  const store = await open({
    lock: true,
    now: () => clock.now(),
    point,
    ...(options.fault && { fault: options.fault }),
    ...(options.maxPages && { maxPages: options.maxPages }),
  })
  try {
    return await createHost({
      store,
      clock,
      liveLimit: options.liveLimit ?? 2_000,
      liveBytes: options.liveBytes ?? Math.min(LIVE_BYTES, getHeapStatistics().heap_size_limit / 8),
      admission: { ...ADMISSION, ...options.admission },
      disk: options.disk ?? null,
      requestDays: options.requestDays ?? 30,
      steady: options.steady ?? (() => performance.now()),
      rowsPerSnapshot: options.rowsPerSnapshot ?? 100,
      hash: options.hash ?? 'sha256',
      seal: options.seal ?? null,
      poll: options.poll ?? true,
      point,
      findings: options.findings ?? (() => []),
      report: options.report ?? (() => {}),
    })
  } catch (error) {
    await store.close()
    throw error
  }
}
