import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import LibSql from 'libsql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../test/server-process.ts'

const tls = (name: string) => fileURLToPath(new URL(`../../test/tls/${name}.pem`, import.meta.url))
let place: string
let data: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'bihuan-keep-cli-'))
  data = join(place, 'data')
})
afterAll(() => rm(place, { recursive: true, force: true }))

const bihuan = (words: readonly string[], environment = {}) => run(data, words, environment)

const get = (address: URL) =>
  new Promise<{ status: number | undefined; headers: { readonly [name: string]: unknown } }>((done, failed) => {
    request(address, { rejectUnauthorized: false }, (answer) => {
      answer.resume()
      done({ status: answer.statusCode, headers: answer.headers })
    })
      .on('error', failed)
      .end()
  })

test('with a certificate it serves https, TLS 1.2 or newer; while it runs a backup is taken and tables are not replaced', async () => {
  const environment = { PORT: '0', BIHUAN_DEMO: '1', BIHUAN_TLS_CERT: tls('cert'), BIHUAN_TLS_KEY: tls('key') }
  const server = bihuan([], environment)
  const address = new URL((await server.printed('Bihuan listens on '))!)
  expect(address.protocol).toBe('https:')
  const { status, headers } = await get(new URL('/api/health', address))
  expect(status).toBe(200)
  expect(headers['strict-transport-security']).toContain('max-age')
  const older = new Promise<string>((done) => {
    const socket = connect(
      {
        port: Number(address.port),
        host: address.hostname,
        rejectUnauthorized: false,
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
      },
      () => done('connected'),
    )
    socket.on('error', () => done('refused'))
  })
  expect(await older).toBe('refused')

  const saved = await bihuan(['backup', join(place, 'saved'), '--json']).ended
  expect(JSON.parse(saved.out)).toMatchObject({ trail: { verified: true }, lost: [] })
  const replaced = await bihuan(['rebuild', '--replace']).ended
  expect(replaced).toMatchObject({ code: 1 })
  expect(replaced.err).toContain('another one is running')
  expect(replaced.err).not.toContain('    at ')
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
}, 120_000)

test('a key of another certificate is told in a sentence, and nothing starts', async () => {
  const environment = { PORT: '0', BIHUAN_TLS_CERT: tls('cert'), BIHUAN_TLS_KEY: tls('other-key') }
  const { code, err } = await bihuan([], environment).ended
  expect(code).toBe(1)
  expect(err).toMatch(/Expected BIHUAN_TLS_CERT and BIHUAN_TLS_KEY/)
  expect(err).not.toContain('    at ')
}, 60_000)

test('F15 restore checks and tells what it found; a second time it refuses', async () => {
  const checking = bihuan(['backup', '--verify', join(place, 'saved')]).ended
  const again = relative(process.cwd(), join(place, 'again'))
  const restored = await bihuan(['restore', join(place, 'saved'), '--into', again]).ended
  const checked = await checking
  expect(checked).toMatchObject({ code: 0 })
  expect(checked.out).toContain('is whole')
  expect(restored).toMatchObject({ code: 0 })
  expect(restored.out).toMatch(/Restored to .* in [\d.]+ s/)
  expect(restored.out).toContain('every chain holds')
  // Whoever starts it stands in another folder, and may have a setting that leads to the old database.
  expect(restored.out).toContain(`BIHUAN_DATA=${join(place, 'again')}, and without BIHUAN_DATABASE_URL`)
  const refused = await bihuan(['restore', join(place, 'saved'), '--into', join(place, 'again')]).ended
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(/^Expected .* empty data folder/)
}, 120_000)

test('T03 rebuild names a table whose row was changed behind the trail’s back, and puts it right', async () => {
  const database = new LibSql(join(data, 'bihuan.db'))
  database.exec(`UPDATE process_definition SET name = 'forged'`)
  database.close()
  const found = await bihuan(['rebuild', '--json']).ended
  expect(found.code).toBe(1)
  expect(JSON.parse(found.out).differing).toEqual(['processDefinition'])
  expect((await bihuan(['rebuild', '--replace']).ended).code).toBe(0)
  expect((await bihuan(['rebuild']).ended).code).toBe(0)
}, 120_000)

test.each([
  ['newer', 'INSERT INTO migration (at, hash) SELECT max(at) + 1, 0 FROM migration'],
  ['older', 'DELETE FROM migration WHERE at = (SELECT max(at) FROM migration)'],
])(
  'rebuild leaves the tables of a database of %s version as they are',
  async (which, change) => {
    const copied = join(place, which)
    await cp(data, copied, { recursive: true })
    const database = new LibSql(join(copied, 'bihuan.db'))
    database.exec(`${change}; UPDATE process_definition SET name = 'other'`)
    database.close()
    const { code, err } = await run(copied, ['rebuild', '--replace']).ended
    expect(code).toBe(1)
    expect(err).toMatch(/^Expected .* tables/)
    const after = new LibSql(join(copied, 'bihuan.db'))
    expect(after.prepare('SELECT DISTINCT name FROM process_definition').all()).toEqual([{ name: 'other' }])
    after.close()
  },
  120_000,
)

test('who mistypes the data folder is told that nothing is there, and no empty database is made', async () => {
  const nowhere = join(place, 'nowhere')
  const commands = [
    ['archived'],
    ['key', 'list'],
    ['user', 'list'],
    ['client', 'list'],
    ['webhook', 'remove', 'hook'],
    ['export', 'SY-2026-0001'],
    ['seal'],
    ['retain', '--dry-run', '--days', '40'],
  ]
  for (const words of commands) {
    const { code, err } = await run(nowhere, words).ended
    expect([words, code, err]).toEqual([
      words,
      1,
      expect.stringMatching(/^Expected a database at .*, but there is none\./),
    ])
  }
  expect(existsSync(nowhere)).toBe(false)
}, 120_000)

test('a file or folder that cannot be used is told in a sentence', async () => {
  const file = join(place, 'file')
  await writeFile(file, 'x')
  for (const [folder, words, named] of [
    [file, ['client', 'add', 'other'], file],
    [file, [], file],
    [data, ['deploy', join(place, 'no-such-package')], 'no-such-package'],
  ] as const) {
    const { code, err } = await run(folder, words).ended
    expect([words, code]).toEqual([words, 1])
    expect(err).toMatch(/^Expected to use .*, but the system says E[A-Z]+\./)
    expect(err).toContain(named)
    expect(err).not.toContain('    at ')
  }
}, 120_000)
