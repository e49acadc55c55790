import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { verifyDatabase } from '../src/audit/verify-database.ts'
import { openReader } from '../src/db/libsql-reader.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { takeBackup } from '../src/keep/backup.ts'
import { makeCasePackage } from '../src/keep/case-package.ts'
import { Rest } from '../src/keep/rest.ts'
import { restoreBackup } from '../src/keep/restore.ts'
import { Retention } from '../src/keep/retention.ts'
import { keepResting } from '../src/keep/retention-loop.ts'
import { differingRows } from '../src/projection/differences.ts'
import { differingTables, rebuild } from '../src/projection/rebuild.ts'
import { openTestApp, type TestApp } from '../src/route/test-app.ts'
import { verifyPackage } from '../verifier/verify-bihuan.mjs'
import { type Petition, petition } from './retention-case.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

let app: TestApp
let one: Petition
/** How far the machine's own clock is ahead: who asked for a case long ago does not keep it awake. */
let ahead = 0

beforeAll(async () => {
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead)
  app = await openTestApp()
  one = await petition(app, 'lamp', true)
  await petition(app, 'road', false)
  await app.server.host.seal()
  await app.advance(2 * DAY)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await app.close()
})

async function rest(): Promise<number> {
  ahead += HOUR
  return new Rest({ host: app.server.host, days: 1 }).all()
}
async function isResting({ stream }: Petition): Promise<boolean> {
  const { read, tables } = app.server.services.store
  const { restingCase } = tables
  return (await read.select().from(restingCase).where(eq(restingCase.stream, stream))).length > 0
}
async function whole(): Promise<unknown> {
  const { store } = app.server.services
  const fresh = await openLibsqlStore(join(app.folder, `fresh-${ahead}.db`), { lock: false })
  await rebuild(store, fresh)
  const found = [await differingTables(store, fresh), await differingRows(store, fresh)]
  await fresh.close()
  ahead += 1
  const { trail, seal } = await verifyDatabase(join(app.folder, 'test.db'))
  return [...found, trail.breaks, seal.breaks]
}
const holds = [[], [], [], []]

type Ask = readonly [who: string, method: string, path: string, body?: object]
async function ask([who, method, path, body]: Ask): Promise<unknown> {
  const answer = await (who === 'client' ? app.client(method, path, body) : (await app.as(who))(method, path, body))
  return [answer.status, await answer.text()]
}

describe('a case at rest', () => {
  afterEach(async () => {
    expect(await whole()).toEqual(holds)
  })

  it('P10 is listed, found and counted without being woken', async () => {
    const { read, tables } = app.server.services.store
    const [task] = await read.select().from(tables.userTask).where(eq(tables.userTask.instanceKey, one.key))
    const asks: Ask[] = [
      ['clerk.east', 'GET', '/api/cases'],
      ['clerk.east', 'GET', '/api/cases?state=ended&search=lamp'],
      ['clerk.east', 'GET', '/api/inbox'],
      ['clerk.east', 'GET', `/api/files/${one.file}`],
      ['clerk.west', 'GET', `/api/files/${one.file}`],
      ['reviewer', 'GET', '/api/cases'],
      ['auditor', 'GET', `/api/trail/proof/inclusion?stream=${one.stream}&sequence=2`],
      ['auditor', 'GET', `/api/trail/rows?number=${one.number}`],
      ['client', 'POST', '/v2/process-instances/search', {}],
      ['client', 'POST', '/v2/user-tasks/search', { filter: { elementId: task!.elementId } }],
      ['client', 'POST', '/v2/process-definitions/search', {}],
    ]
    const before = await Promise.all(asks.map(ask))
    expect(await rest()).toBe(1)
    expect(await Promise.all(asks.map(ask))).toEqual(before)
    expect(await isResting(one)).toBe(true)
    const list = await ask(['client', 'POST', '/v2/variables/search', { filter: { name: 'subject' } }])
    expect(JSON.stringify(list)).not.toContain('lamp')
    expect(await isResting(one)).toBe(true)
  })

  it('P10 shows everything inside it as before to whoever asks, and wakes for that', async () => {
    const { read, tables } = app.server.services.store
    await app.server.host.wake([one.key])
    const [task] = await read.select().from(tables.userTask).where(eq(tables.userTask.instanceKey, one.key))
    const [element] = await read
      .select()
      .from(tables.elementInstance)
      .where(eq(tables.elementInstance.instanceKey, one.key))
    const key = String(one.key)
    const asks: Ask[] = [
      ['clerk.east', 'GET', `/api/cases/${key}`],
      ['clerk.east', 'GET', `/api/cases/${key}/trail`],
      ['clerk.east', 'GET', `/api/cases/${key}/diagram`],
      ['clerk.east', 'GET', `/api/tasks/${task!.key}`],
      ['clerk.west', 'GET', `/api/cases/${key}`],
      ['client', 'GET', `/v2/process-instances/${key}`],
      ['client', 'GET', `/v2/process-instances/${key}/sequence-flows`],
      ['client', 'GET', `/v2/process-instances/${key}/statistics/element-instances`],
      ['client', 'GET', `/v2/element-instances/${element!.key}`],
      ['client', 'POST', `/v2/user-tasks/${task!.key}/variables/search`, {}],
      ['client', 'POST', '/v2/variables/search', { filter: { processInstanceKey: key } }],
      ['client', 'POST', '/v2/element-instances/search', { filter: { processInstanceKey: { $eq: key } } }],
      [
        'client',
        'POST',
        '/v2/element-instances/search',
        { filter: { elementInstanceKey: { $in: [String(element!.key)] } } },
      ],
      ['client', 'POST', '/v2/variables/search', { filter: { scopeKey: key } }],
    ]
    const before = []
    for (const one of asks) before.push(await ask(one))
    for (const [i, question] of asks.entries()) {
      expect(await rest(), question.join(' ')).toBe(1)
      expect(await ask(question)).toEqual(before[i])
      expect(await isResting(one), question.join(' ')).toBe(false)
    }
  })

  it('P10 is exported where it is, with all that proves it', async () => {
    const { store, files } = app.server.services
    const made = () => makeCasePackage({ store, files, key: one.key, now: 0 })
    await app.server.host.wake([one.key])
    const awake = unzipSync(await made())
    expect(await rest()).toBe(1)
    const resting = await made()
    expect(await isResting(one)).toBe(true)
    expect(unzipSync(resting)).toEqual(awake)
    expect(await verifyPackage(resting)).toMatchObject({ holds: true })
  })

  it('F15 is in a backup and in what is restored from it', async () => {
    const place = mkdtempSync(join(tmpdir(), 'bihuan-resting-'))
    try {
      expect(await isResting(one)).toBe(true)
      const databasePath = join(app.folder, 'test.db')
      const target = join(place, 'backup')
      const { now } = app.server.host.clock
      const manifest = await takeBackup({
        databasePath,
        dataFolder: app.folder,
        target,
        version: 'test',
        now,
        secrets: true,
      })
      expect(manifest).toMatchObject({ lost: [], trail: { verified: true }, rows: { resting_case: 1 } })
      const reader = openReader(databasePath)
      const heads = await reader.read.select().from(reader.tables.stream)
      reader.close()
      expect(manifest.trail.rows).toBe(heads.reduce((sum, { sequence }) => sum + sequence, 0))
      await restoreBackup(target, join(place, 'restored'))
      expect(await verifyDatabase(join(place, 'restored', 'bihuan.db'))).toMatchObject({ intact: true })
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })

  it('P10 is put to rest by a server that runs, and stays while it is erased, which it is waked for', async () => {
    const { host, services } = app.server
    await host.wake([one.key])
    ahead += HOUR
    const report = (_: string, error: unknown) => {
      throw error
    }
    const stop = keepResting({ host, days: 1, report })
    await expect.poll(() => isResting(one)).toBe(true)
    await stop()
    await host.erase({
      key: one.key,
      fields: ['subject'],
      reason: 'asked by law',
      actor: { type: 'system', id: 'operator' },
      requestId: 'erase',
    })
    expect(await isResting(one)).toBe(false)
    const { payload } = services.store.tables
    expect(JSON.stringify(await services.store.read.select().from(payload))).not.toContain('lamp seen')
    await host.seal()
    expect(await whole()).toEqual(holds)
    // What was erased stays so, at rest and when it is woken.
    expect(await rest()).toBe(1)
    expect(await whole()).toEqual(holds)
    await host.wake([one.key])
    expect((await verifyDatabase(join(app.folder, 'test.db'))).trail.erased).toBeGreaterThan(0)
  })

  it('P10 is moved to an archive package when it is old enough', async () => {
    const { host, services } = app.server
    const other = await petition(app, 'fence', true)
    await host.seal()
    await app.advance(62 * DAY)
    await rest()
    expect(await isResting(other)).toBe(true)
    const reported: unknown[] = []
    const report = (...what: unknown[]) => reported.push(what)
    const moved = await new Retention({ host, files: services.files, dataFolder: app.folder, days: 30, report }).turn()
    expect(reported).toEqual([])
    expect(moved.map(({ key }) => key)).toEqual([one.key, other.key])
    // What an erasure has left of the first case is in its package, with the files that it names.
    const packed = unzipSync(readFileSync(join(app.folder, 'archive', moved[0]!.path)))
    expect(Object.keys(packed).filter((name) => name.startsWith('files/'))).toEqual([expect.stringContaining(one.file)])
    expect(Buffer.from(packed['left.json']!).toString()).toContain(one.file)
    expect(Object.values(packed).some((bytes) => Buffer.from(bytes).includes('lamp seen'))).toBe(false)
    const asked = async (who: string) =>
      unzipSync(
        new Uint8Array(
          await (await (await app.as(who))('GET', `/api/archived-cases/${one.key}/package`)).arrayBuffer(),
        ),
      )
    expect(Object.keys(await asked('clerk.east'))).toContain('left.json')
    const auditors = Object.keys(await asked('auditor'))
    expect(auditors.filter((name) => name === 'left.json' || name.startsWith('files/'))).toEqual([])
    expect(await isResting(other)).toBe(false)
    await host.seal()
  })

  it('T01 stays awake until a checkpoint proves its last row', async () => {
    const { host } = app.server
    const late = await petition(app, 'bridge', true)
    const now = () => new Rest({ host, days: 0 }).all()
    ahead += HOUR
    await now()
    expect(await isResting(late)).toBe(false)
    await host.seal()
    await now()
    expect(await isResting(late)).toBe(true)
    expect(await verifyDatabase(join(app.folder, 'test.db'))).toMatchObject({ intact: true, unsealed: 0 })
  })
})
