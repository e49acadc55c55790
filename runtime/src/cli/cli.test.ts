import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../test/server-process.ts'

let data: string

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'bihuan-cli-'))
})
afterAll(() => rm(data, { recursive: true, force: true }))

const bihuan = (words: readonly string[], environment = {}) => run(data, words, environment)

test('all faults of the environment are told at once, and the server does not start', async () => {
  const { code, err } = await bihuan([], { PORT: 'eighty', BIHUAN_CLOCK: 'sundial' }).ended
  expect(code).toBe(1)
  expect(err).toContain('PORT')
  expect(err).toContain('BIHUAN_CLOCK')
  expect(err).not.toContain('at ')
}, 60_000)

test('from an empty folder: serves with demo people, takes a client while it runs, refuses a second server, stops when told, verifies', async () => {
  const server = bihuan([], { BIHUAN_DEMO: '1' })
  const address = await server.printed('Bihuan listens on ')
  expect(await (await fetch(`${address}/api/health`)).json()).toEqual({ status: 'up' })

  const added = await bihuan(['client', 'add', 'tests', '--json']).ended
  const client = JSON.parse(added.out) as { id: string; secret: string }
  const topology = await fetch(`${address}/v2/topology`, {
    headers: { authorization: `Bearer ${client.id}.${client.secret}` },
  })
  expect(topology.status).toBe(200)
  const listed = await bihuan(['client', 'list', '--json']).ended
  expect(listed.out).toContain(client.id)
  expect(listed.out).not.toContain(client.secret)

  const second = await bihuan([]).ended
  expect(second.code).toBe(1)
  expect(second.err).not.toContain('    at ')

  server.child.kill('SIGTERM')
  const { code, out } = await server.ended
  expect(code).toBe(0)
  expect(out).toContain('Demo accounts')

  const held = await bihuan(['verify', '--json']).ended
  expect(JSON.parse(held.out)).toMatchObject({ intact: true, breaks: [] })
  expect(held.code).toBe(0)

  const database = new Database(join(data, 'bihuan.db'))
  database.prepare(`UPDATE trail SET actor_id = 'someone' WHERE stream = 2 AND sequence = 7`).run()
  database.close()
  const broken = await bihuan(['verify', '--json']).ended
  expect(broken.code).toBe(1)
  expect(JSON.parse(broken.out)).toMatchObject({ intact: false, breaks: [{ stream: 2, sequence: 7 }] })
}, 180_000)
