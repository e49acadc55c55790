import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import { storageErrorOf } from '../db/storage-error.ts'
import type { FaultMoment } from '../db/store.ts'
import { libsqlPlaces } from '../testing/place.ts'
import { clerk, code, HostPlay, keyOf, kinds, seed, twoTasks } from '../testing/suite/host-play.ts'

const play = new HostPlay(libsqlPlaces)
beforeEach(() => play.open())
afterEach(() => play.close())

/** A disk that fails once, when it has been asked so many times. */
class FailingDisk {
  left = Number.POSITIVE_INFINITY
  failed = 0
  readonly #code: string
  readonly #moments: readonly FaultMoment[]

  constructor(driverCode: string, moments: readonly FaultMoment[] = ['begin', 'statement', 'commit']) {
    this.#code = driverCode
    this.#moments = moments
  }

  readonly fault = (moment: FaultMoment): void => {
    if (!this.#moments.includes(moment)) return
    this.left -= 1
    if (this.left !== 0) return
    this.failed += 1
    throw Object.assign(new Error('disk'), { code: this.#code })
  }
}

const intact = async () => (await verifyTrail(play.host.store)).intact

describe.each([
  ['ENOSPC', 'SQLITE_FULL', 'STORAGE_FULL'],
  ['EIO', 'SQLITE_IOERR_FSYNC', 'STORAGE_UNAVAILABLE'],
])('F04 the n-th write fails with %s', (_, driverCode, refusal) => {
  it('refuses the group as one with its code, for every n until all writes are through, and loses and doubles nothing', async () => {
    const disk = new FailingDisk(driverCode)
    await play.reopen({ fault: disk.fault })
    await play.deploy(twoTasks)
    let n = 0
    do {
      n += 1
      const started = await Promise.all([play.start({ n }, `a${n}`), play.start({ n }, `b${n}`)])
      const before = disk.failed
      const tasks = started.map(({ facts }) => keyOf(facts, 'userTask.created'))
      disk.left = n
      const codes = await Promise.all(tasks.map((task) => code(play.complete(task, `c${task}`))))
      disk.left = Number.POSITIVE_INFINITY
      expect(codes).toEqual(disk.failed > before ? [refusal, refusal] : ['accepted', 'accepted'])
      // What was refused can be asked again with its id, and has then happened once.
      for (const task of tasks) expect(kinds(await play.complete(task, `c${task}`))).toContain('userTask.completed')
      if (disk.failed === before) break
    } while (n < 200)
    expect(n).toBeGreaterThan(10)
    expect(n).toBeLessThan(200)
    const completed = (await play.rows('userTask')).filter(({ state }) => state === 'completed')
    expect(completed).toHaveLength(2 * n)
    expect(await intact()).toBe(true)
    expect(play.host.health().status).toBe('up')
  })
})

describe('F04', () => {
  it('reads the disk again when the answer of a COMMIT is lost: what is there is answered, once', async () => {
    const disk = new FailingDisk('SQLITE_IOERR_FSYNC', ['committed'])
    await play.reopen({ fault: disk.fault })
    await play.deploy(twoTasks)
    disk.left = 1
    expect(await code(play.start())).toBe('STORAGE_UNAVAILABLE')
    // It was written all the same: the repeat is given its answer.
    const started = await play.start()
    expect(await play.rows('processInstance')).toHaveLength(1)
    const task = keyOf(started.facts, 'userTask.created')
    disk.left = 1
    const [mine, other] = await Promise.all([play.complete(task, 'c'), code(play.complete(task, 'other'))])
    expect(disk.failed).toBe(2)
    expect(mine).toMatchObject({ stream: started.stream, sequence: started.sequence + 1 })
    expect(other).toBe('USER_TASK_COMPLETED')
    expect((await play.rows('request')).filter(({ requestId }) => requestId === 'c')).toHaveLength(1)
    expect(await intact()).toBe(true)
  })

  it('notices by itself that a disk is back', async () => {
    const disk = new FailingDisk('SQLITE_IOERR_WRITE')
    await play.reopen({ fault: disk.fault })
    await play.deploy(twoTasks)
    disk.left = 1
    expect(await code(play.start())).toBe('STORAGE_UNAVAILABLE')
    expect(play.host.health()).toMatchObject({ status: 'storage_unavailable', reason: 'SQLITE_IOERR_WRITE' })
    await play.host.inspect()
    expect(play.host.health()).toEqual({ status: 'up', reason: null, alarms: [] })
  })

  it('keeps single statements from a connection that has failed', async () => {
    const disk = new FailingDisk('SQLITE_IOERR_WRITE', ['single'])
    await play.reopen({ fault: disk.fault })
    const { single, tables } = play.host.store
    const write = async () => single.insert(tables.caseCounter).values({ prefix: 'SY', year: 2026, last: 1 })
    disk.left = 1
    const failure = await write().then(
      () => null,
      (error: unknown) => storageErrorOf(error),
    )
    expect(failure?.code).toBe('SQLITE_IOERR_WRITE')
    await write()
    expect(await play.host.store.read.select().from(tables.caseCounter)).toHaveLength(1)
  })
})

describe('F05 a disk that is full', () => {
  it('refuses what does not fit, whole, goes on reading, and takes it when there is room', async () => {
    let pages = 1_000_000
    await play.reopen({ maxPages: () => pages })
    await play.deploy(twoTasks)
    const started = await play.start({ subject: 'x' })
    const task = keyOf(started.facts, 'userTask.created')
    const rows = async () => ({
      variables: (await play.rows('variable')).length,
      requests: (await play.rows('request')).length,
      trail: (await play.host.store.read.select().from(play.host.store.tables.trail)).length,
    })
    const before = await rows()
    // The bound is never below what the database has: now it may not grow.
    pages = 1
    const text = 'x'.repeat(1_000_000)
    expect(await code(play.complete(task, 'c', clerk, { text }))).toBe('STORAGE_FULL')
    expect(await rows()).toEqual(before)
    expect(play.host.health()).toMatchObject({ status: 'storage_unavailable', reason: 'SQLITE_FULL' })
    expect(await play.rows('processInstance')).toHaveLength(1)
    pages = 1_000_000
    expect(kinds(await play.complete(task, 'c', clerk, { text }))).toContain('userTask.completed')
    expect(await intact()).toBe(true)
  })

  it('only reads while little room is left, keeps the record of refusals, and comes back by itself', async () => {
    let free = 1_000
    const disk = { freeBytes: async () => free, low: 500 }
    await play.reopen({ disk })
    await play.deploy(twoTasks)
    const task = keyOf((await play.start()).facts, 'userTask.created')
    free = 499
    await play.host.inspect()
    expect(play.host.health()).toEqual({ status: 'read_only', reason: 'DISK_LOW', alarms: [] })
    expect(await code(play.complete(task, 'c'))).toBe('STORAGE_FULL')
    expect(await code(play.start({}, 'other'))).toBe('STORAGE_FULL')
    expect(await code(play.deploy(twoTasks, 'again'))).toBe('STORAGE_FULL')
    expect(() => play.host.checkRoom()).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }))
    await play.host.record('security', 'request.refused', seed, {})
    expect(await play.rows('processInstance')).toHaveLength(1)
    free = 510
    await play.host.inspect()
    expect(play.host.health().status).toBe('read_only')
    free = 600
    await play.host.inspect()
    expect(play.host.health().status).toBe('up')
    expect(kinds(await play.complete(task, 'c'))).toContain('userTask.completed')
    expect((await play.host.figures()).freeBytes).toBe(600)
  })
})
