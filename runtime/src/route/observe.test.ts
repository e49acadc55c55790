import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLog } from '../log.ts'
import { createApp } from './app.ts'
import { openTestApp, type TestApp } from './test-app.ts'

let app: TestApp
const lines: string[] = []
let watched: ReturnType<typeof createApp>

beforeAll(async () => {
  app = await openTestApp()
  const log = makeLog('info', (line) => lines.push(line))
  watched = createApp({ ...app.server.services, log, metricsToken: null })
})
afterAll(() => app.close())

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } })

/** The lines a request leaves in the log. */
async function logOf(path: string, init: RequestInit = {}): Promise<{ [name: string]: unknown }[]> {
  lines.length = 0
  await watched.request(path, init)
  return lines.map((line) => JSON.parse(line) as { [name: string]: unknown })
}

test('a request is one line: pattern, status, time, who by id; no path, query, body or name', async () => {
  const trace = '0af7651916cd43dd8448eb211c80319c'
  let cookie = ''
  const reader = await app.as('clerk.east')
  await reader('GET', '/api/session')
  const answer = await app.request('POST', '/api/session', { username: 'clerk.east', password: 'a-long-password' })
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const [line, ...more] = await logOf('/api/cases/123456?secret-word=1', {
    headers: { cookie, traceparent: `00-${trace}-b7ad6b7169203331-01`, 'user-agent': 'x\u009b2J' },
  })
  expect(more).toEqual([])
  expect(line).toMatchObject({ method: 'GET', route: '/api/cases/:key', status: 404, who: { type: 'person' }, trace })
  expect(typeof line!.ms).toBe('number')
  expect(typeof line!.request).toBe('string')
  expect(JSON.stringify(line)).not.toMatch(/123456|secret-word|clerk|N clerk/)
})

test('a password that is refused is not in the log, nor is the name it was tried for', async () => {
  const body = JSON.stringify({ username: 'clerk.east', password: 'not-the-password' })
  const headers = { 'content-type': 'application/json', host: 'localhost', origin: 'http://localhost' }
  const found = await logOf('/api/session', { method: 'POST', headers, body })
  expect(found).toMatchObject([{ method: 'POST', route: '/api/session', status: 401 }])
  expect(JSON.stringify(found)).not.toMatch(/not-the-password|clerk/)
})

test('what was refused weighs more than what went well', async () => {
  expect(await logOf('/api/health')).toMatchObject([{ level: 30, status: 200 }])
  expect(lines.join()).not.toContain('"code"')
  expect(await logOf('/api/inbox')).toMatchObject([{ level: 40, status: 401, code: 'NOT_SIGNED_IN' }])
})

test('an address nobody serves is counted under one pattern', async () => {
  expect(await logOf('/api/no/such/thing')).toMatchObject([{ route: 'unknown', status: 404, code: 'NOT_FOUND' }])
})

test('metrics: by route and status, commands by kind and outcome, the host; every figure once', async () => {
  const reader = await app.as('clerk.east')
  const started = await reader('POST', '/api/cases', {
    processId: 'petition',
    unitId: 'east',
    formKey: null,
    answers: { subject: 'x' },
  })
  expect(started.status).toBe(201)
  await watched.request('/api/health')
  const answer = await watched.request('/metrics', {}, from('127.0.0.1'))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    )
  expect(value('bihuan_http_seconds_count{method="GET",route="/api/health",status="200"}')).toBeGreaterThan(0)
  expect(value('bihuan_command_seconds_count{kind="processInstance.create",outcome="written"}')).toBe(1)
  expect(value('bihuan_facts_total{kind="processInstance.created"}')).toBe(1)
  expect(value('bihuan_group_units_count')).toBeGreaterThan(0)
  expect(value('bihuan_groups_total')).toBeGreaterThan(0)
  for (const name of [
    'bihuan_writer_queued',
    'bihuan_requests_in_flight',
    'bihuan_live_cases',
    'bihuan_timers_due',
    'bihuan_outbox_waiting',
    'bihuan_wal_bytes',
    'bihuan_disk_free_bytes',
    'bihuan_incidents_open',
    'bihuan_jobs_waiting',
    'bihuan_checkpoint_age_seconds',
  ])
    expect(value(name), name).toBeGreaterThanOrEqual(0)
  expect(value('bihuan_live_cases')).toBe(1)
  expect(value('bihuan_writable')).toBe(1)
  expect(text.match(/^bihuan_groups_total /gm)).toHaveLength(1)
  const again = await (await watched.request('/metrics', {}, from('127.0.0.1'))).text()
  expect(again).toContain('\nbihuan_groups_total')
})

test.each([
  ['another machine', from('10.0.0.9'), {}, 404],
  ['nobody knows where', {}, {}, 404],
  ['this machine', from('::1'), {}, 200],
  ['this machine by its address', from('127.0.0.1'), { host: '127.0.0.1:8080' }, 200],
  ['a proxy on this machine', from('127.0.0.1'), { 'x-forwarded-for': '1.2.3.4' }, 404],
  ['a proxy on this machine that adds nothing', from('127.0.0.1'), { host: 'bihuan.example.gov.cn' }, 404],
])('metrics without a token: from %s', async (_where, bindings, headers, status) => {
  expect((await watched.request('/metrics', { headers }, bindings)).status).toBe(status)
})

test('metrics with a token: whoever shows it, from wherever, and nobody else', async () => {
  const guarded = createApp({ ...app.server.services, metricsToken: 'a-token-of-enough-length' })
  const asked = (authorization?: string, address = '10.0.0.9') =>
    guarded.request('/metrics', authorization === undefined ? {} : { headers: { authorization } }, from(address))
  expect((await asked('Bearer a-token-of-enough-length')).status).toBe(200)
  expect((await asked('Bearer another-token-of-length')).status).toBe(404)
  expect((await asked()).status).toBe(404)
  expect((await asked(undefined, '127.0.0.1')).status).toBe(404)
})
