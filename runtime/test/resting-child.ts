/**
 * A process that puts the finished cases of a data folder to rest, or wakes them, and ends itself by SIGKILL where it is
 * told to. Started by `resting-kill.test.ts` only: folder, time, `rest` or `wake`, and the point of the end.
 */
import { join } from 'node:path'
import { controllableClock } from '../src/host/clock.ts'
import { openHost } from '../src/host/open.ts'
import { Rest } from '../src/keep/rest.ts'

const [folder = '', now = '', what = '', point = ''] = process.argv.slice(2)
let isArmed = false
const host = await openHost({
  databaseUrl: join(folder, 'test.db'),
  clock: controllableClock(Number(now)),
  poll: false,
  seal: { folder, copyTo: null },
  point(name) {
    if (isArmed && name === point) process.kill(process.pid, 'SIGKILL')
  },
})
const { processInstance } = host.store.tables
const keys = (await host.store.read.select({ key: processInstance.key }).from(processInstance)).map(({ key }) => key)
isArmed = true
if (what === 'rest') await new Rest({ host, days: 1 }).all()
else await host.wake(keys)
isArmed = false
await host.close()
