import { connect } from 'node:net'
import type { ServerType } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../route/test-app.ts'
import { listen } from './listen.ts'

let app: TestApp
let http: ServerType
let port: number

beforeAll(async () => {
  app = await openTestApp()
  port = await new Promise((resolve) => {
    http = listen(app.server, { port: 0, host: '127.0.0.1' }, (at) => resolve(at.port))
  })
})
afterAll(async () => {
  if ('closeAllConnections' in http) http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
  await app.close()
})

/** Sends bytes as they are; gives all that comes back until the connection ends. */
const send = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })

const END = 'Connection: close\r\n\r\n'
const broken: readonly (readonly [name: string, request: string, status: number, code: string])[] = [
  ['a method in lower case', `get /api/health HTTP/1.1\r\nHost: a\r\n${END}`, 400, 'REQUEST_UNREADABLE'],
  ['no HTTP at all', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 400, 'REQUEST_UNREADABLE'],
  [
    'a length and chunks, as smugglers send them',
    'POST /api/cases HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /',
    400,
    'REQUEST_UNREADABLE',
  ],
  [
    'two lengths',
    'POST /api/cases HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    400,
    'REQUEST_UNREADABLE',
  ],
  [
    'a line break in a header',
    `GET /api/health HTTP/1.1\r\nHost: a\r\nX: a\rSet-Cookie: b\r\n${END}`,
    400,
    'REQUEST_UNREADABLE',
  ],
  ['a host that is none', `GET /api/health HTTP/1.1\r\nHost: a/../b?@\r\n${END}`, 400, 'REQUEST_UNREADABLE'],
  ['no host', `GET /api/health HTTP/1.1\r\n${END}`, 400, 'REQUEST_UNREADABLE'],
  ['a path with backslashes', `GET /api\\..\\health HTTP/1.1\r\nHost: a\r\n${END}`, 400, 'REQUEST_UNREADABLE'],
  ['headers beyond 16 KB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n${END}`, 431, 'HEADERS_TOO_LARGE'],
  [
    'a chunk with a long extension',
    `POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    413,
    'BODY_TOO_LARGE',
  ],
  ['a tunnel', `CONNECT elsewhere:443 HTTP/1.1\r\nHost: a\r\n${END}`, 405, 'METHOD_NOT_ALLOWED'],
  ['TRACE', `TRACE /api/health HTTP/1.1\r\nHost: a\r\n${END}`, 405, 'METHOD_NOT_ALLOWED'],
]

test.each(broken)('I17 %s is refused as a problem in both languages', async (_, request, status, code) => {
  const answer = await send(request)
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(head.toLowerCase()).toContain('content-type: application/problem+json')
  const json = /\{.*\}/s.exec(body)?.[0] ?? ''
  expect(JSON.parse(json)).toMatchObject({
    type: `urn:bihuan:problem:${code}`,
    status,
    code,
    messages: { 'zh-CN': { text: expect.any(String) }, en: { text: expect.any(String) } },
  })
})

test('I17 an expectation that nobody knows is passed over, and older clients need name no host', async () => {
  expect(await send(`GET /api/health HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n${END}`)).toMatch(/^HTTP\/1\.1 200 /)
  expect(await send(`GET /api/health HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /)
})

test('I17 a client that hangs up in the middle of a body does not disturb the next', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        'POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"us',
        () => socket.destroy(),
      ),
    )
    socket.on('close', () => resolve())
  })
  expect(await send(`GET /api/health HTTP/1.1\r\nHost: a\r\n${END}`)).toMatch(/^HTTP\/1\.1 200 /)
})

test('a connection is kept longer than a proxy keeps it', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`)
  await answer.arrayBuffer()
  expect(Number(/timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60)
})
