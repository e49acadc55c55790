import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openServer, type Server } from '../server.ts'
import { readSettings } from '../settings.ts'
import { connectorModel, Target } from '../testing/connector-play.ts'

/** A busy machine may take its time. */
const patience = { timeout: 20_000 }
const seed = { type: 'system', id: 'seed' } as const
const silent = pino({ level: 'silent' })
let folder: string
let target: Target
let server: Server | null = null
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-served-'))
  target = await new Target().listen()
})
afterEach(async () => {
  await server?.close()
  server = null
  await target.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = async (environment: { readonly [name: string]: string } = {}) => {
  server = await openServer(readSettings({ BIHUAN_DATA: folder, ...environment }, folder), silent)
  return server.host
}
const resources = (xml: string) => [{ name: 'p.bpmn', content: Buffer.from(xml) }]
const units = [{ id: 'v1', name: 'Village', level: 'village' }]

test('a server does its connector jobs by itself, as its settings allow', async () => {
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ TOKEN: 'from-the-file' }))
  chmodSync(join(folder, 'secrets.json'), 0o600)
  const host = await open({ BIHUAN_EGRESS: '127.0.0.1/32' })
  const inputs = { url: `="${target.url}/x"`, headers: '={"Authorization": "{{secrets.TOKEN}}"}' }
  const { warnings } = await host.deploy(resources(connectorModel('bihuan.http', inputs)), seed, 'd')
  expect(warnings.map(({ code }) => code)).not.toContain('EGRESS_NOT_LISTED')
  await host.start({ processId: 'process', units, variables: {}, actor: seed, requestId: 's' })
  const { processInstance } = host.store.tables
  const states = async () => (await host.store.read.select().from(processInstance)).map(({ state }) => state)
  await expect.poll(states, { timeout: 10_000 }).toEqual(['completed'])
  expect(target.received).toMatchObject([{ path: '/x', headers: { authorization: 'from-the-file' } }])
})

test('I15 a server without a list says so when a call is deployed, and refuses it when it comes', async () => {
  const host = await open()
  const model = connectorModel('bihuan.http', { url: `="${target.url}/x"` })
  const { warnings } = await host.deploy(resources(model), seed, 'd')
  expect(warnings).toMatchObject([{ code: 'EGRESS_NOT_LISTED', elementId: 'call' }])
  await host.start({ processId: 'process', units, variables: {}, actor: seed, requestId: 's' })
  const { incident } = host.store.tables
  const codes = async () => (await host.store.read.select().from(incident)).map(({ facts }) => String(facts.message))
  await expect.poll(codes, { timeout: 10_000 }).toEqual([expect.stringMatching(/^EGRESS_REFUSED: /)])
  expect(target.received).toEqual([])
})

test('a server whose secrets others can read does not start', async () => {
  writeFileSync(join(folder, 'secrets.json'), '{}')
  chmodSync(join(folder, 'secrets.json'), 0o644)
  await expect(open()).rejects.toThrow(/chmod 600/)
  for (const text of ['', '[]', '{"A": 1}', '{"A": {"value": "x", "hosts": "y"}}']) {
    writeFileSync(join(folder, 'secrets.json'), text, { mode: 0o600 })
    chmodSync(join(folder, 'secrets.json'), 0o600)
    await expect(open(), text).rejects.toThrow(/^Expected the (file of secrets|secret A)/)
  }
})

test('an open page is told when its person is notified, and nobody else’s', async () => {
  await open()
  const { events } = server!.services
  const person = (id: string) => ({ type: 'person', id, name: id, username: id, positions: [] }) as const
  const leaving = new AbortController()
  const lines = async (id: string) => {
    const reader = events.listen(person(id), null, leaving.signal).body!.getReader()
    let text = ''
    const reading = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read())
        text += new TextDecoder().decode(part.value)
    })()
    return { text: () => text, reading }
  }
  const [told, other] = [await lines('told'), await lines('other')]
  events.tellPeople(['told'])
  await expect.poll(told.text, patience).toContain('event: changed')
  leaving.abort()
  await Promise.all([told.reading, other.reading])
  expect(other.text()).not.toContain('event: changed')
})
