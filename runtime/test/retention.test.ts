import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Rejection } from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyTrail } from '../src/audit/verify.ts'
import { verifyDatabase } from '../src/audit/verify-database.ts'
import type { ArchivedCaseList } from '../src/contract/archived.ts'
import { openReader } from '../src/db/libsql-reader.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { ClockTrust } from '../src/host/clock-trust.ts'
import { checkPackages } from '../src/keep/archive-check.ts'
import { takeBackup } from '../src/keep/backup.ts'
import { restoreBackup } from '../src/keep/restore.ts'
import { oldCases, Retention } from '../src/keep/retention.ts'
import { keepRetaining } from '../src/keep/retention-loop.ts'
import { differingRows } from '../src/projection/differences.ts'
import { differingTables, rebuild } from '../src/projection/rebuild.ts'
import { openTestApp, type Requester, type TestApp } from '../src/route/test-app.ts'
import { verifyPackage } from '../verifier/verify-bihuan.mjs'
import { type Petition, petition } from './retention-case.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

let app: TestApp
let retention: Retention
const reported: string[] = []

beforeAll(async () => {
  app = await openTestApp()
  const { host, services } = app.server
  const { files } = services
  const report = (what: string, error: unknown) => reported.push(`${what}: ${(error as Error).message}`)
  retention = new Retention({ host, files, dataFolder: app.folder, days: 30, report })
})
afterAll(() => app.close())

async function archivedKeys(): Promise<readonly number[]> {
  const { store } = app.server.services
  return (await store.read.select().from(store.tables.archivedCase)).map(({ key }) => key)
}

async function differences(): Promise<unknown> {
  const { store } = app.server.services
  const fresh = await openLibsqlStore(join(app.folder, `fresh-${Date.now()}.db`), { lock: false })
  await rebuild(store, fresh)
  const found = [await differingTables(store, fresh), await differingRows(store, fresh)]
  await fresh.close()
  return found
}

describe('history retention', () => {
  it('moves what ended long ago to packages that verify, and leaves nothing else of it', async () => {
    const { host, services } = app.server
    const { store, files } = services
    const old = await petition(app, 'lamp', true)
    const shared = await petition(app, 'lamp again', false, old.file)
    const running = await petition(app, 'road', false)
    await host.seal()
    expect(await retention.turn()).toEqual([])
    await app.advance(31 * DAY)
    const young = await petition(app, 'bridge', true)
    await host.seal()
    const [moved, ...rest] = await retention.turn()
    expect(reported).toEqual([])
    expect(rest).toEqual([])
    expect(moved).toMatchObject({ key: old.key, number: old.number, path: `2026/${old.number}.zip` })
    const content = readFileSync(join(app.folder, 'archive', '2026', `${old.number}.zip`))
    expect((await verifyPackage(content)).holds).toBe(true)
    expect(content.includes(old.file)).toBe(true)
    // Nothing but what it is found by is left in the tables.
    const { trail, payload, leaf, archivedCase } = store.tables
    for (const table of [trail, payload])
      expect((await store.read.select().from(table)).filter((row) => row.stream === old.stream)).toEqual([])
    for (const [name, table] of Object.entries(store.tables))
      if (!['archivedCase', 'archivedReader', 'trail', 'payload'].includes(name)) {
        const rows = JSON.stringify(await store.read.select().from(table as typeof trail))
        expect([name, rows.includes(`${old.key}`)]).toEqual([name, false])
      }
    expect((await store.read.select().from(leaf)).some((row) => row.stream === old.stream)).toBe(true)
    expect(await store.read.select().from(archivedCase)).toMatchObject([{ key: old.key, number: old.number }])
    // What others name stays.
    expect(await files.find(old.file)).not.toBeNull()
    for (const { key } of [shared, running, young])
      expect((await store.read.select().from(store.tables.processInstance)).some((row) => row.key === key)).toBe(true)
    expect(await differences()).toEqual([[], []])
    expect(await verifyTrail(store)).toMatchObject({ intact: true, archived: { streams: 1 } })
    await host.seal()
    const whole = await verifyDatabase(join(app.folder, 'test.db'))
    expect(whole).toMatchObject({ intact: true, unsealed: 0 })
  })

  it('removes the bytes of files that nothing names any more', async () => {
    const { host, services } = app.server
    const { files } = services
    const one = await petition(app, 'fence', true)
    const row = (await files.find(one.file))!
    await host.seal()
    await app.advance(62 * DAY)
    const moved = await retention.turn()
    expect(moved.map(({ key }) => key)).toContain(one.key)
    expect(await files.find(one.file)).toBeNull()
    expect(await files.read(row)).toBeNull()
  })

  it('keeps a case whose file is not there as it was handed in, and says so', async () => {
    const { host, services } = app.server
    const one = await petition(app, 'gate', true)
    const row = (await services.files.find(one.file))!
    await services.files.remove([row.digest])
    await host.seal()
    await app.advance(62 * DAY)
    expect(await retention.turn()).toEqual([])
    expect(reported.at(-1)).toMatch(/file .* is not in it/)
    expect(existsSync(join(app.folder, 'archive', '2026', `${one.number}.zip`))).toBe(false)
  })

  it('keeps a case that cannot be woken, says so, and goes on with the next', async () => {
    const { host, services } = app.server
    const damaged = await petition(app, 'kerb', true)
    const next = await petition(app, 'drain', true)
    await host.seal()
    await app.advance(62 * DAY)
    const told: string[] = []
    const wake = async (keys: readonly number[]) => {
      if (keys.includes(damaged.key)) throw new Rejection('CASE_PACK_DAMAGED', { stream: damaged.stream })
      await host.wake(keys)
    }
    const moved: number[] = []
    await new Retention({
      host: { ...host, wake },
      files: services.files,
      dataFolder: app.folder,
      days: 30,
      report: (what, error) => told.push(`${what}: ${(error as Error).message}`),
    }).all(({ key }) => moved.push(key))
    expect(moved).toContain(next.key)
    expect(moved).not.toContain(damaged.key)
    expect(told).toContainEqual(expect.stringMatching(new RegExp(`${damaged.key}.*packed`)))
    await retention.all()
  })

  it('T06 a case that was erased while it was packed leaves no package with what was erased', async () => {
    const { host, services } = app.server
    const one = await petition(app, 'fountain', true)
    await host.seal()
    await app.advance(62 * DAY)
    const actor = { type: 'system', id: 'operator' } as const
    const archive: typeof host.archive = async (request) => {
      const about = { key: one.key, fields: ['subject'], reason: 'demand', actor, requestId: 'while' }
      if (request.key === one.key) await host.erase(about)
      return host.archive(request)
    }
    const told: string[] = []
    const report = (what: string) => told.push(what)
    const parts = { host: { ...host, archive }, files: services.files, dataFolder: app.folder, days: 30, report }
    await new Retention(parts).all()
    expect(told).toContain(`archiving of ${one.key}`)
    expect(existsSync(join(app.folder, 'archive', '2026', `${one.number}.zip`))).toBe(false)
    await host.seal()
    await retention.all()
    expect(existsSync(join(app.folder, 'archive', '2026', `${one.number}.zip`))).toBe(true)
  })

  it('keeps a case of which no checkpoint proves the end, and one with a letter still to send', async () => {
    const { host, services } = app.server
    const { store } = services
    const one = await petition(app, 'well', true)
    await host.seal()
    await app.advance(62 * DAY)
    const delivery = { key: one.key + 1, target: 'mail', dueAt: 0, mark: 0, attempts: 0, attemptedAt: null }
    await store.single.insert(store.tables.delivery).values(delivery)
    const whys = async () => {
      const found = []
      for await (const { instance, why } of oldCases(store, 30, host.clock.now())) found.push([instance.key, why])
      return found
    }
    expect(await whys()).toContainEqual([one.key, 'working'])
    expect(await retention.turn()).toEqual([])
    await store.single.delete(store.tables.delivery)
    expect(await whys()).toContainEqual([one.key, null])
    await store.single.delete(store.tables.checkpoint)
    expect(await whys()).toContainEqual([one.key, 'unsealed'])
  })
})

describe('a server that retains', () => {
  it('moves old cases by itself, and ends with the turn it is in', async () => {
    const { host, services } = app.server
    const { store, files } = services
    const one = await petition(app, 'bench', true)
    await host.seal()
    await app.advance(62 * DAY)
    const { archivedCase } = store.tables
    const isMoved = async () => (await store.read.select().from(archivedCase)).some(({ key }) => key === one.key)
    const report = (what: string, error: unknown) => reported.push(`${what}: ${(error as Error).message}`)
    const stop = keepRetaining({ host, files, dataFolder: app.folder, days: 30, report, trustsClock: () => true })
    await expect.poll(isMoved).toBe(true)
    await stop()
    expect(await verifyTrail(store)).toMatchObject({ intact: true })
  })

  it('F09 moves nothing by a clock that was set ahead until it has gone on evenly for an hour', async () => {
    const { host, services } = app.server
    const { files } = services
    const one = await petition(app, 'clock', true)
    await host.seal()
    let steady = 0
    let asked = 0
    const report = (what: string, error: unknown) => reported.push(`${what}: ${(error as Error).message}`)
    const time = () => {
      asked += 1
      return steady
    }
    const trust = new ClockTrust(host.clock, time)
    const trustsClock = () => trust.isTrusted
    const stop = keepRetaining({ host, files, dataFolder: app.folder, days: 30, report, trustsClock })
    const isMoved = async () => (await archivedKeys()).includes(one.key)
    const turns = async (count: number) => {
      const before = asked
      await expect.poll(() => asked - before).toBeGreaterThan(2 * count)
    }
    await app.advance(365 * DAY)
    await turns(2)
    expect(await isMoved()).toBe(false)
    await app.advance(HOUR)
    steady += HOUR
    await expect.poll(isMoved).toBe(true)
    await stop()
  })

  it('F09 goes on with no look that began before the clock was set back', async () => {
    const { host, services } = app.server
    const one = await petition(app, 'back', true)
    const other = await petition(app, 'back again', true)
    await host.seal()
    await app.advance(40 * DAY)
    const { files } = services
    const report = (what: string, error: unknown) => reported.push(`${what}: ${(error as Error).message}`)
    const looking = new Retention({ host, files, dataFolder: app.folder, days: 30, report })
    expect(await looking.turn(1)).toMatchObject([{ key: one.key }])
    await app.advance(-39 * DAY)
    expect(await looking.turn()).toEqual([])
    expect(await archivedKeys()).not.toContain(other.key)
  })
})

describe('archived cases', () => {
  let moved: Petition
  let list: (who: Requester, query: string) => Promise<ArchivedCaseList['items']>

  beforeAll(async () => {
    await app.close()
    app = await openTestApp()
    const { host, services } = app.server
    moved = await petition(app, 'lamp', true)
    await host.seal()
    await app.advance(31 * DAY)
    const report = (what: string, error: unknown) => reported.push(`${what}: ${(error as Error).message}`)
    retention = new Retention({ host, files: services.files, dataFolder: app.folder, days: 30, report })
    expect(await retention.turn()).toHaveLength(1)
    list = async (who, query) => {
      const answer = await who('GET', `/api/archived-cases?${query}`)
      expect(answer.status).toBe(200)
      return ((await answer.json()) as ArchivedCaseList).items
    }
  })

  it('are found by number and date, by who could see them and by the auditor', async () => {
    const clerk = await app.as('clerk.east')
    for (const who of [clerk, await app.as('second.east'), await app.as('reviewer'), await app.as('auditor')])
      expect(await list(who, `number=${moved.number.slice(-4)}`)).toMatchObject([
        { key: String(moved.key), number: moved.number, unit: { id: 'east' }, state: 'completed' },
      ])
    expect(await list(await app.as('clerk.west'), '')).toEqual([])
    expect(await list(clerk, 'from=2026-03-02&to=2026-03-02')).toHaveLength(1)
    expect(await list(clerk, 'from=2026-03-03')).toEqual([])
    expect(await list(clerk, 'to=2026-03-01')).toEqual([])
    expect(await list(clerk, 'number=PT-1999')).toEqual([])
    for (const query of ['from=yesterday', 'to=2026-02-31', 'cursor=x'])
      expect((await clerk('GET', `/api/archived-cases?${query}`)).status).toBe(422)
  })

  it('are handed out whole to who saw all of them, without a word to the auditor, and to nobody else', async () => {
    const path = `/api/archived-cases/${moved.key}/package`
    const got = async (name: string) => {
      const answer = await (await app.as(name))('GET', path)
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : answer.status
    }
    const content = readFileSync(join(app.folder, 'archive', '2026', `${moved.number}.zip`))
    expect(Buffer.from((await got('clerk.east')) as Uint8Array).equals(content)).toBe(true)
    expect(await got('clerk.west')).toBe(404)
    const mute = (await got('auditor')) as Uint8Array
    const texts = Object.entries(unzipSync(mute)).map(([name, bytes]) => `${name} ${Buffer.from(bytes)}`)
    expect(texts.join()).not.toContain('lamp')
    expect(texts.join()).not.toContain('files/')
    const found = await verifyPackage(mute)
    expect(found.holds).toBe(true)
    expect(found.notes).toContainEqual(expect.objectContaining({ code: 'erased' }))
    expect((await (await app.as('clerk.east'))('GET', `/api/cases/${moved.key}`)).status).toBe(404)
  })

  it('keep their proofs, their number and their stream for ever', async () => {
    const auditor = await app.as('auditor')
    await app.server.host.seal()
    const proof = await auditor('GET', `/api/trail/proof/inclusion?stream=${moved.stream}&sequence=1`)
    expect(proof.status).toBe(200)
    // No other case has a number of this year: the counter follows from the archived one.
    expect(await differences()).toEqual([[], []])
    const next = await petition(app, 'road', false)
    expect(next.stream).toBe(moved.stream + 1)
    expect(next.number > moved.number).toBe(true)
    expect(await differences()).toEqual([[], []])
  })

  it('F15 their packages are in a backup, once, and in what is restored from it', async () => {
    const databasePath = join(app.folder, 'test.db')
    const place = mkdtempSync(join(tmpdir(), 'bihuan-retention-'))
    const name = join('archive', '2026', `${moved.number}.zip`)
    try {
      for (const target of ['first', 'second'])
        await takeBackup({
          databasePath,
          dataFolder: app.folder,
          target: join(place, target),
          version: 'test',
          now: () => app.server.host.clock.now() + (target === 'first' ? 0 : 1),
          secrets: true,
        })
      expect(statSync(join(place, 'second', name)).ino).toBe(statSync(join(place, 'first', name)).ino)
      await restoreBackup(join(place, 'second'), join(place, 'restored'))
      const reader = openReader(join(place, 'restored', 'bihuan.db'))
      expect(await checkPackages(reader, join(place, 'restored'))).toEqual({ whole: 1, absent: 0, changed: [] })
      rmSync(join(place, 'restored', name))
      expect(await checkPackages(reader, join(place, 'restored'))).toMatchObject({ absent: 1 })
      writeFileSync(join(place, 'restored', name), 'x')
      expect(await checkPackages(reader, join(place, 'restored'))).toMatchObject({
        changed: [`2026/${moved.number}.zip`],
      })
      reader.close()
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })

  it('are asked for again when the package is gone or another', async () => {
    const clerk = await app.as('clerk.east')
    const file = join(app.folder, 'archive', '2026', `${moved.number}.zip`)
    const content = readFileSync(file)
    for (const spoil of [() => writeFileSync(file, 'x'), () => rmSync(file)]) {
      spoil()
      const answer = await clerk('GET', `/api/archived-cases/${moved.key}/package`)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'ARCHIVE_ABSENT'])
    }
    writeFileSync(file, content)
  })

  it('T01 the record of a move that cannot be read is named', async () => {
    const { host, services } = app.server
    const { store } = services
    const { trail, payload } = store.tables
    const one = await petition(app, 'ditch', true)
    await host.seal()
    await app.advance(62 * DAY)
    expect((await retention.turn()).map(({ key }) => key)).toContain(one.key)
    const [move] = (await store.read.select().from(trail).where(eq(trail.kind, 'case.archive'))).slice(-1)
    const place = and(eq(payload.stream, move!.stream), eq(payload.sequence, move!.sequence))
    const [whole] = await store.read.select().from(payload).where(place)
    const [command, fact] = whole!.records.split('\n')
    const salt = fact!.slice(0, 32)
    const broken = [
      ['no salt, no text', 'payloadUnreadable'],
      [command!, 'payloadCount'],
      [`${command}\n${salt}null`, 'payloadDiffers'],
      [`${command}\n${salt}{`, 'payloadDiffers'],
    ] as const
    for (const [records, fault] of broken) {
      await store.single.update(payload).set({ records }).where(place)
      const { breaks } = await verifyTrail(store)
      expect(breaks).toContainEqual({ stream: move!.stream, sequence: move!.sequence, fault })
      expect(breaks).toContainEqual({ stream: one.stream, sequence: 1, fault: 'leafWithoutRow' })
    }
    await store.single.update(payload).set(whole!).where(place)
    expect((await verifyTrail(store)).breaks).toEqual([])
  })

  it('T01 a row that is taken out of the trail is not archived by a row in the table', async () => {
    const { store } = app.server.services
    const { trail, payload, stream, archivedCase, leaf } = store.tables
    expect(await verifyTrail(store)).toMatchObject({ intact: true })
    await app.server.host.seal()
    const [row] = await store.read.select().from(archivedCase)
    const victim = await petition(app, 'dam', true)
    await app.server.host.seal()
    await store.single.insert(archivedCase).values({ ...row!, key: victim.key, number: victim.number })
    for (const table of [trail, payload, stream])
      await store.single.delete(table).where(eq(table.stream, victim.stream))
    expect((await verifyTrail(store)).breaks).toEqual([{ stream: victim.stream, sequence: 1, fault: 'leafWithoutRow' }])
    // And of one that is archived no leaf may go.
    await store.single.delete(leaf).where(and(eq(leaf.stream, moved.stream), eq(leaf.sequence, 2)))
    expect((await verifyTrail(store)).breaks[0]).toMatchObject({ stream: moved.stream, fault: 'unsealed' })
  })
})
