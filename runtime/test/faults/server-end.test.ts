import { connect, type Socket } from 'node:net'
import { line, model, node } from '@bihuan/engine/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { verifyTrail } from '../../src/audit/verify.ts'
import { openStore } from '../../src/host/open.ts'
import {
  addClient,
  killAll,
  makeDataFolder,
  removeDataFolder,
  run,
  type ServerProcess,
  serve,
} from '../server-process.ts'

let data: string
let authorization: string
beforeAll(async () => {
  data = await makeDataFolder()
  authorization = await addClient(data)
}, 60_000)
afterEach(killAll)
afterAll(() => removeDataFolder(data))

const drawing = model(
  `${node('startEvent', 's')}${node('userTask', 'a', '<zeebe:userTask/>')}${node('endEvent', 'e')}${line('s', 'a', 'e')}`,
)

async function deploy(server: ServerProcess): Promise<void> {
  const form = new FormData()
  form.append('resources', new Blob([drawing]), 'process.bpmn')
  expect((await server.request('POST', '/v2/deployments', form)).status).toBe(200)
}

/** Begins cases one after the other until the server is gone; gives the keys of those it was told of. */
async function startCases(server: ServerProcess, name: string): Promise<{ keys: number[]; statuses: number[] }> {
  const keys: number[] = []
  const statuses: number[] = []
  for (let i = 0; ; i += 1) {
    const body = { processDefinitionId: 'process', variables: { name, i } }
    const answer = await server.request('POST', '/v2/process-instances', body, `${name}:${i}`).catch(() => null)
    if (answer === null) return { keys, statuses }
    statuses.push(answer.status)
    if (answer.status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const found = (await answer.json().catch(() => null)) as { readonly processInstanceKey?: string } | null
    if (answer.status === 200 && found?.processInstanceKey) keys.push(Number(found.processInstanceKey))
  }
}

/** A request whose body never comes. */
function stuck(server: ServerProcess): Socket {
  const { port } = new URL(server.address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    `POST /v2/process-instances HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"a`,
  )
  return socket
}

it('F06 SIGTERM under load: who waits is answered, nothing acknowledged is lost, it ends within 10 s with 0', async () => {
  // With people and units: a case belongs to one.
  const server = await serve(data, authorization, { BIHUAN_DEMO: '1' })
  await deploy(server)
  const slow = stuck(server)
  const poll = server.request('POST', '/v2/jobs/activation', {
    type: 'nothing',
    timeout: 1_000,
    maxJobsToActivate: 1,
    requestTimeout: 60_000,
  })
  const loads = Array.from({ length: 16 }, (_, i) => startCases(server, `load${i}`))
  await expect
    .poll(
      async () => {
        const answer = await server.request('POST', '/v2/process-instances/search', {})
        return ((await answer.json()) as { page: { totalItems: number } }).page.totalItems
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(40)
  server.child.kill('SIGTERM')
  const polled = await poll
  expect({ status: polled.status, body: await polled.json() }).toEqual({ status: 200, body: { jobs: [] } })
  const done = await Promise.all(loads)
  // Longer than 10 s would have ended it with another code.
  const { code, signal } = await server.ended
  expect({ code, signal }).toEqual({ code: 0, signal: null })
  slow.destroy()

  const statuses = new Set(done.flatMap((one) => one.statuses))
  for (const status of statuses) expect([200, 503]).toContain(status)
  const keys = done.flatMap((one) => one.keys)
  expect(keys.length).toBeGreaterThan(40)
  const store = await openStore(`file:${data}/bihuan.db`)
  try {
    const rows = await store.read.select({ key: store.tables.processInstance.key }).from(store.tables.processInstance)
    const there = new Set(rows.map(({ key }) => key))
    expect(keys.filter((key) => !there.has(key))).toEqual([])
    expect(new Set(keys).size).toBe(keys.length)
    expect((await verifyTrail(store)).intact).toBe(true)
  } finally {
    await store.close()
  }
}, 120_000)

it('F06 a connection over which nothing was asked holds up nothing', async () => {
  const server = await serve(data, authorization)
  const silent = connect(Number(new URL(server.address).port), '127.0.0.1')
  const closed = new Promise<void>((done) => silent.once('close', () => done()))
  silent.on('error', () => {})
  await new Promise<void>((done) => silent.once('connect', () => done()))
  const begin = performance.now()
  server.child.kill('SIGTERM')
  await closed
  // Seven seconds are what a request is given to be answered.
  expect(performance.now() - begin).toBeLessThan(6_500)
  expect((await server.ended).code).toBe(0)
}, 120_000)

it('F06 a second signal ends it at once', async () => {
  const server = await serve(data, authorization)
  const slow = stuck(server)
  await expect.poll(() => slow.bytesWritten).toBeGreaterThan(0)
  expect((await server.request('GET', '/api/health')).status).toBe(200)
  server.child.kill('SIGTERM')
  // It has stopped listening: the first signal has been taken.
  await expect
    .poll(() =>
      server.request('GET', '/api/health').then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('gone')
  server.child.kill('SIGTERM')
  const { code, err } = await server.ended
  expect(code).toBe(1)
  expect(err).toContain('second SIGTERM')
  slow.destroy()
}, 120_000)

it('F08 a second server on the same data says whose place it is and ends; when the first is killed, it may start', async () => {
  const first = await serve(data, authorization)
  const second = await run(data, []).ended
  expect(second.code).toBe(1)
  expect(second.err).toContain('Expected to be the only server on')
  expect(second.err).toContain('Stop that server, or give this one another BIHUAN_DATA.')
  expect(second.err).not.toContain('    at ')
  // The first has not been disturbed.
  expect((await first.request('GET', '/api/health')).status).toBe(200)
  first.child.kill('SIGKILL')
  expect((await first.ended).signal).toBe('SIGKILL')
  const third = await serve(data, authorization)
  expect((await third.request('GET', '/api/health')).status).toBe(200)
  third.child.kill('SIGTERM')
  expect((await third.ended).code).toBe(0)
}, 120_000)
