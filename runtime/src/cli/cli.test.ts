import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main, run } from '../../test/server-process.ts'

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

test.each([
  [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
  [['verfy'], 1, /unknown command 'verfy'\n\(Did you mean verify\?\)/],
  [['8080'], 1, /unknown command '8080'/],
  [['--port', '1'], 1, /unknown option '--port'/],
  [['client', 'add', ' '], 1, /a name of 1 to 200 characters/],
] as const)(
  '%j is answered by what helps, and nothing is made or served',
  async (words, code, said) => {
    const folder = join(data, 'absent')
    const ended = await run(folder, words).ended
    expect(ended.code).toBe(code)
    expect(ended.out + ended.err).toMatch(said)
    await expect(access(folder)).rejects.toThrow('ENOENT')
  },
  60_000,
)

test.each(['bihuan.db', 'bihuan.db.lock'])(
  '%s that cannot be opened is told in a sentence, not by a trace',
  async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'bihuan-cli-'))
    try {
      await mkdir(join(folder, name))
      for (const words of name === 'bihuan.db' ? [['rebuild'], ['client', 'list'], []] : [[]]) {
        const { code, err } = await run(folder, words).ended
        expect([words, code, err]).toEqual([words, 1, expect.stringContaining('SQLITE_CANTOPEN. Look whose the files')])
        expect(err).not.toContain('    at ')
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  60_000,
)

test.skipIf(!existsSync('/dev/full'))(
  'a secret that could not be printed is not said to have been',
  () => {
    const full = openSync('/dev/full', 'w')
    const words = ['--import', 'tsx', main, 'client', 'add', 'lost']
    const environment = { PATH: process.env.PATH, BIHUAN_DATA: join(data, 'full') }
    const { status, stderr } = spawnSync(process.execPath, words, {
      env: environment,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)
    expect([status, stderr]).toEqual([1, expect.stringContaining('ENOSPC')])
  },
  60_000,
)

test('demo people are told also when the port is taken: nobody could ask for their passwords again', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-cli-'))
  try {
    const { port } = taken.address() as AddressInfo
    const { code, out, err } = await run(folder, [], { BIHUAN_DEMO: '1', PORT: String(port) }).ended
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(`Expected port ${port} to be free`) })
    expect(out).toMatch(/Demo accounts[\s\S]*\n {2}clerk {2}/)
  } finally {
    taken.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

test('from an empty folder: serves with demo people, takes a client while it runs, refuses a second server, stops when told, verifies', async () => {
  const server = bihuan([], { BIHUAN_DEMO: '1', BIHUAN_RETENTON_DAYS: '3650' })
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
  const { code, out, err } = await server.ended
  expect(code).toBe(0)
  expect(err).toContain('BIHUAN_RETENTON_DAYS')
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
