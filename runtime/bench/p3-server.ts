/** The server of P3, in a process of its own: the real application, and beside it a route that only writes a row. */
import { mkdirSync } from 'node:fs'
import { line, model, node } from '@bihuan/engine/testing'
import { asc, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { listen } from '../src/cli/listen.ts'
import { insert } from '../src/db/row-change.ts'
import { Writer } from '../src/host/writer.ts'
import { addApiClient } from '../src/identity/api-client.ts'
import { makeLog } from '../src/log.ts'
import type { Bindings } from '../src/route/app.ts'
import { openServer } from '../src/server.ts'
import { readSettings } from '../src/settings.ts'
import { bencher, inLanes, startPatiently } from './bench-host.ts'

const clerks = '<zeebe:assignmentDefinition candidateGroups="village_clerk"/>'
const drawing = model(
  node('startEvent', 'start') +
    node('userTask', 'a', clerks) +
    node('userTask', 'b', clerks) +
    node('userTask', 'c', clerks) +
    node('endEvent', 'end') +
    line('start', 'a', 'b', 'c', 'end'),
)
const units = [
  { id: 'v1', name: 'Village', level: 'village' },
  { id: 't1', name: 'Town', level: 'township' },
]

const folder = process.argv[2]!
mkdirSync(folder, { recursive: true })
const server = await openServer(readSettings({ BIHUAN_DATA: folder }, folder), makeLog('silent'))
const { host } = server
await host.deploy([{ name: 'p3.bpmn', content: Buffer.from(drawing) }], bencher, 'deploy')
const client = await addApiClient(host, 'bench', bencher)

const writer = new Writer(host.store)
let rows = 0
const app = new Hono<{ Bindings: Bindings }>()
app.post('/bench/row', async (c) => {
  await c.req.json()
  rows += 1
  const row = { scope: 1, requestId: `bench:${rows}`, digest: '', stream: 0, sequence: rows, at: 0 }
  await writer.write({ lock: null, changes: [insert('request', row)], owner: null })
  return c.body(null, 204)
})
app.all('*', (c) => server.app.fetch(c.req.raw, c.env))

process.on('message', async (message: { readonly cases: number; readonly name: string }) => {
  const { cases, name } = message
  await inLanes(cases, 64, (i) =>
    startPatiently(host, { processId: 'process', units, variables: { present: 34 }, requestId: `${name}:${i}` }),
  )
  const { userTask } = host.store.tables
  const open = await host.store.read
    .select({ key: userTask.key })
    .from(userTask)
    .where(eq(userTask.state, 'created'))
    .orderBy(asc(userTask.key))
  process.send?.({ tasks: open.map(({ key }) => key) })
})
process.on('disconnect', () => void server.close().then(() => process.exit(0)))
listen(server, { port: 0, host: '127.0.0.1', fetch: app.fetch }, ({ port }) => process.send?.({ port, client }))
