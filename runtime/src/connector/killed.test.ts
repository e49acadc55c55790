import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import { openStore } from '../host/open.ts'
import { openServer } from '../server.ts'
import { readSettings } from '../settings.ts'
import { connectorModel, Target } from '../testing/connector-play.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))
const seed = { type: 'system', id: 'seed' } as const
let folder: string
let target: Target
let child: ChildProcess | null = null
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-killed-'))
  target = await new Target().listen()
})
afterEach(async () => {
  await kill()
  await target.close()
  rmSync(folder, { recursive: true, force: true })
})

const environment = () => ({ PATH: process.env.PATH, BIHUAN_DATA: folder, BIHUAN_EGRESS: '127.0.0.1/32', PORT: '0' })
const serve = () => {
  child = spawn(process.execPath, ['--import', 'tsx', main], { cwd: root, env: environment(), stdio: 'ignore' })
}
const kill = async () => {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('F12 a server killed in the middle of a call makes it again with the same key, and writes its result once', async () => {
  const settings = readSettings(environment(), folder)
  const server = await openServer(settings, pino({ level: 'silent' }), { poll: false })
  const xml = connectorModel('bihuan.http', { url: `="${target.url}/x"` })
  await server.host.deploy([{ name: 'p.bpmn', content: Buffer.from(xml) }], seed, 'd')
  const units = [{ id: 'v1', name: 'Village', level: 'village' }]
  await server.host.start({ processId: 'process', units, variables: {}, actor: seed, requestId: 's' })
  await server.close()

  target.answer = () => {}
  serve()
  await expect.poll(() => target.received.length, { timeout: 60_000 }).toBe(1)
  await kill()
  target.answer = (response) => response.end('done')
  serve()
  const store = await openStore(settings.databaseUrl)
  try {
    const { processInstance, trail } = store.tables
    const states = async () => (await store.read.select().from(processInstance)).map(({ state }) => state)
    await expect.poll(states, { timeout: 60_000 }).toEqual(['completed'])
    await kill()
    expect(new Set(target.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(target.received).toHaveLength(2)
    const rows = await store.read.select({ kind: trail.kind }).from(trail)
    expect(rows.filter(({ kind }) => kind === 'job.complete')).toHaveLength(1)
    expect(await store.read.select().from(store.tables.delivery)).toEqual([])
    expect((await verifyTrail(store)).intact).toBe(true)
  } finally {
    await store.close()
  }
}, 180_000)
