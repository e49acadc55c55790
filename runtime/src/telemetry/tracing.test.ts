import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openServer } from '../server.ts'
import { readSettings } from '../settings.ts'

interface Sent {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[]
}

let folder: string
let collector: ReturnType<typeof createServer>
const spans: Sent[] = []
const services: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-trace-'))
  spans.length = 0
  collector = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
        for (const { key, value } of resource.attributes) if (key === 'service.name') services.push(value.stringValue)
        for (const scope of scopeSpans) spans.push(...scope.spans)
      }
      response.end('{}')
    })
  })
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  collector.close()
  await rm(folder, { recursive: true, force: true })
})

test('with a collector, a request goes on with its caller’s trace, and its command and its group are spans', async () => {
  const { port } = collector.address() as AddressInfo
  const settings = readSettings(
    { BIHUAN_DATA: folder, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
    folder,
  )
  const server = await openServer(settings, pino({ level: 'silent' }), { poll: false })
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  await server.app.request('/api/health?x=secret', { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } })
  await server.host
    .start({ processId: 'none', units: [], variables: {}, actor: { type: 'system', id: 't' }, requestId: 'r' })
    .catch(() => {})
  await server.host.record('security', 'test.done', { type: 'system', id: 't' }, {})
  await server.close()

  const request = spans.find(({ name }) => name === 'GET /api/health')
  expect(request).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' })
  expect(JSON.stringify(spans)).not.toContain('secret')
  const command = spans.find(({ name }) => name === 'command processInstance.create')
  expect(command?.attributes).toContainEqual({ key: 'bihuan.command.outcome', value: { stringValue: 'NOT_FOUND' } })
  expect(spans.some(({ name }) => name === 'group commit')).toBe(true)
  expect(services).toContain('bihuan')
})
