/**
 * A process that erases a case of a data folder and ends itself by SIGKILL as soon as that is committed. Started by
 * `erasure-kill.test.ts` only: folder and key of the case.
 */
import { join } from 'node:path'
import { openHost } from '../src/host/open.ts'

const [folder = '', key = ''] = process.argv.slice(2)
let isErasing = false
const host = await openHost({
  databaseUrl: join(folder, 'test.db'),
  poll: false,
  point(name) {
    if (isErasing && name === 'group.committed') process.kill(process.pid, 'SIGKILL')
  },
})
isErasing = true
const actor = { type: 'system', id: 'operator' } as const
await host.erase({ key: Number(key), fields: null, reason: 'demand', actor, requestId: 'e' })
