import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeLog } from '../log.ts'
import { Metrics } from '../telemetry/metrics.ts'
import { Door } from './door.ts'
import { Load } from './load.ts'

const lines: string[] = []
const metrics = new Metrics({ ofProcess: false })
let load: Load
let door: Door
let server: Server
let address: string
let release = () => {}

beforeEach(async () => {
  lines.length = 0
  load = new Load({ requests: 1, fewest: 1, bodies: 1, bodyBytes: 1 })
  const log = makeLog('warn', (one) => lines.push(one))
  door = new Door({ load, metrics, log, always: new Set(['/api/health']) })
  server = createServer(
    door.before((incoming, outgoing) => {
      incoming.resume()
      outgoing.end('let in')
    }),
  )
  server.on('connection', door.connected)
  server.on('connection', door.opened)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // One request is being worked on, and there is room for one.
  void load.work(
    () =>
      new Promise<void>((done) => {
        release = done
      }),
  )
})
afterEach(async () => {
  release()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

it('F19 answers whom there is no room for before anything is done, says when to come again and closes his connection', async () => {
  const answer = await fetch(`${address}/v2/jobs/activation?x=1`, {
    method: 'POST',
    headers: { authorization: 'Bearer a.b', 'accept-language': 'en' },
    body: '{}',
  })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(answer.headers.get('connection')).toBe('close')
  expect(answer.headers.get('content-language')).toBe('en')
  expect(await answer.json()).toMatchObject({ code: 'OVERLOADED', status: 503, instance: '/v2/jobs/activation' })
  expect(load.figures.shed).toBe(1)
  expect(await metrics.text()).toContain('bihuan_http_seconds_count{method="POST",route="unknown",status="503"} 1')
  release()
  await expect.poll(() => load.figures.requests).toBe(0)
  expect(await (await fetch(`${address}/v2/jobs/activation`, { method: 'POST', body: '{}' })).text()).toBe('let in')
})

it('F19 lets in what watches the server, the files of the web app, and large bodies, which the application refuses while it reads', async () => {
  expect((await fetch(`${address}/api/health?now`)).status).toBe(200)
  expect((await fetch(`${address}/assets/page.js`)).status).toBe(200)
  const large = await fetch(`${address}/api/files`, { method: 'POST', body: 'x'.repeat(100_000) })
  expect(large.status).toBe(200)
  expect(load.figures.shed).toBe(0)
})

it('F19 says once how many were turned away, not each time', async () => {
  for (let i = 0; i < 5; i += 1) await fetch(`${address}/api/inbox`)
  expect(lines.map((one) => JSON.parse(one))).toMatchObject([{ requests: 1, code: 'OVERLOADED', msg: 'turned away' }])
})

it('F06 closes connections over which nothing was asked, and no others', async () => {
  const silent = connect(Number(new URL(address).port), '127.0.0.1')
  const closed = new Promise<void>((done) => silent.once('close', () => done()))
  silent.on('error', () => {})
  const busy = connect(Number(new URL(address).port), '127.0.0.1')
  busy.write('GET /api/health HTTP/1.1\r\nhost: x\r\n\r\n')
  await new Promise<void>((done) => busy.once('data', () => done()))
  await expect.poll(() => new Promise((done) => server.getConnections((_, count) => done(count)))).toBe(2)
  door.closeSilent()
  await closed
  expect(busy.destroyed).toBe(false)
  busy.destroy()
})
