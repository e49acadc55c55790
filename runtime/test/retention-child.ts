/**
 * A process that runs retention on a data folder and ends itself by SIGKILL where it is told to. Started by
 * `retention-kill.test.ts` only: folder, time, days, point, and how often the point is passed before the end.
 */
import { join } from 'node:path'
import { FileStore } from '../src/file/file-store.ts'
import { controllableClock } from '../src/host/clock.ts'
import { openHost } from '../src/host/open.ts'
import { Retention } from '../src/keep/retention.ts'

const [folder = '', now = '', days = '', point = '', time = ''] = process.argv.slice(2)
let left = Number(time)
const host = await openHost({
  databaseUrl: join(folder, 'test.db'),
  clock: controllableClock(Number(now)),
  poll: false,
  seal: { folder, copyTo: null },
  point(name) {
    if (name !== point) return
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  },
})
const report = (what: string, error: unknown) => console.error(what, error)
await new Retention({
  host,
  files: new FileStore(host.store, folder),
  dataFolder: folder,
  days: Number(days),
  report,
}).all()
await host.close()
