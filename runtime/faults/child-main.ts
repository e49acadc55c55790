/**
 * A server that can be attacked from inside: the same code as `bihuan serve` runs, opened with kill points, a clock that
 * jumps and a database that fills. Started by `child.ts` only; loads everything first and then waits for its order.
 */
import { sql } from 'drizzle-orm'
import { listen } from '../src/cli/listen.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import type { Store, StoreOptions, WriteResult, WriteUnit } from '../src/db/store.ts'
import type { KillPoint } from '../src/host/kill-point.ts'
import { databasePath, hostOver, type OpenOptions } from '../src/host/open.ts'
import { makeLog } from '../src/log.ts'
import { openServer } from '../src/server.ts'
import { readSettings } from '../src/settings.ts'
import type { News, Order, Setup } from './child-protocol.ts'

/** Longer than a worker waits for its next request, so that what was promised too early is really lost. */
const SABOTAGE_DELAY = 150
const MOST_PAGES = 1_073_741_823

let offset = 0
let armed: { readonly point: KillPoint; left: number } | null = null
let isFull = false

function onPoint(name: KillPoint): void {
  if (armed?.point !== name) return
  armed.left -= 1
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL')
}

/** The store of somebody who promises too early: answers are given before the COMMIT. */
function hasty(inner: Store): Store {
  const { dialect, tables, read, scan, single } = inner
  return {
    dialect,
    tables,
    read,
    scan,
    single,
    write(units: readonly WriteUnit[]): Promise<readonly WriteResult[]> {
      setTimeout(() => void inner.write(units).catch(() => {}), SABOTAGE_DELAY)
      return Promise.resolve(units.map(() => ({ outcome: 'written' })))
    },
    close: () => inner.close(),
  }
}

async function open({ dataFolder, liveLimit, rowsPerSnapshot, sabotage, synchronous, ...setup }: Setup): Promise<void> {
  offset = setup.offset
  const log = makeLog('warn')
  // Its small disk is to be filled, not to be kept free.
  const environment = { BIHUAN_DATA: dataFolder, PORT: '0', BIHUAN_DISK_LOW: '0' }
  const openHost = (options: OpenOptions) => {
    const openStore = async (given: StoreOptions) => {
      const store = await openLibsqlStore(databasePath(options.databaseUrl), given)
      if (synchronous === 'OFF') await store.single.all(sql.raw('PRAGMA synchronous = OFF'))
      return sabotage === 'none' ? store : hasty(store)
    }
    return hostOver(openStore, {
      ...options,
      clock: { now: () => Date.now() + offset },
      liveLimit,
      rowsPerSnapshot,
      point: onPoint,
      // SQLite takes as many as there are when it is told fewer.
      maxPages: () => (isFull ? 1 : MOST_PAGES),
    })
  }
  const server = await openServer(readSettings(environment, dataFolder), log, { openHost })
  listen(server, { port: 0, host: '127.0.0.1' }, ({ port }) => tell({ news: 'listening', port }))
}

function tell(news: News): void {
  process.send?.(news)
}

process.on('message', (order: Order) => {
  if (order.order === 'open') void open(order.setup)
  else if (order.order === 'kill') armed = { point: order.point, left: order.time }
  else if (order.order === 'clock') offset = order.offset
  else isFull = order.full
})
process.on('disconnect', () => process.exit(0))
tell({ news: 'ready' })
