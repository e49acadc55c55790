import { line, model, node, timer } from '@bihuan/engine/testing'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '../audit/verify.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { differingRows } from '../projection/differences.ts'
import { differingTables, rebuild } from '../projection/rebuild.ts'
import { libsqlPlaces, postgresqlPlaces } from '../testing/place.ts'
import { clerk, code, DAY, HostPlay, keyOf, seed, twoTasks } from '../testing/suite/host-play.ts'
import { job } from '../testing/suite/jobs.ts'
import { paid } from '../testing/suite/waits.ts'
import { controllableClock } from './clock.ts'
import type { Host } from './host.ts'
import { hostOver } from './open.ts'

const HOUR = 3_600_000
const waitsFor = (duration: string) =>
  model(
    `${node('startEvent', 's')}${node('intermediateCatchEvent', 'w', '', timer('timeDuration', duration))}${node('endEvent', 'e')}${line('s', 'w', 'e')}`,
  ).replaceAll('id="process"', 'id="waiting"')

const play = new HostPlay(libsqlPlaces)
beforeEach(() => play.open())
afterEach(() => play.close())

/** Publishes a message that waits for an hour. */
const publish = () =>
  play.host.publishMessage({
    name: 'paid',
    correlationKey: 'm1',
    timeToLive: HOUR,
    messageId: null,
    variables: {},
    actor: seed,
    requestId: 'paid',
  })

/** Streams whose timer fires, in the order of their rows being written. */
function watchFired(): number[] {
  const fired: number[] = []
  play.host.onCommitted(({ stream, facts }) => {
    if (facts.some(({ kind }) => kind === 'timer.triggered')) fired.push(stream)
  })
  return fired
}

async function startWaiting(count: number, from = 0): Promise<number[]> {
  const started = await Promise.all(Array.from({ length: count }, (_, i) => play.start({}, `w${from + i}`, 'waiting')))
  return started.map(({ stream }) => stream)
}

describe('many timers due at once', () => {
  it('F10 come between what people do: each once, and nobody waits for all of them', async () => {
    await play.deploy(waitsFor('P1D'), 'd1')
    await play.deploy(twoTasks, 'd2')
    await startWaiting(600)
    const tasks = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => keyOf((await play.start({}, `t${i}`)).facts, 'userTask.created')),
    )
    play.pass(DAY)
    const fired = watchFired()
    const storm = play.host.settle()
    const before: number[] = []
    for (const task of tasks) {
      await play.complete(task, `c${task}`)
      before.push(fired.length)
    }
    // One after the other, twenty people are done while most of the timers still wait.
    expect(before.at(-1)).toBeLessThan(600)
    await storm
    expect(fired).toHaveLength(600)
    expect(new Set(fired).size).toBe(600)
    expect((await play.host.figures()).timersDue).toBe(0)
  })

  it('F10 fires one that is due in more than 24.8 days at its time and not before', async () => {
    await play.deploy(waitsFor('P40D'))
    await startWaiting(1)
    const fired = watchFired()
    play.pass(40 * DAY - 1)
    await play.host.settle()
    expect(fired).toEqual([])
    await play.reopen()
    const later = watchFired()
    play.pass(1)
    await play.host.settle()
    expect(later).toHaveLength(1)
  })
})

describe('F09 a clock that jumps', () => {
  const jumps = async () => {
    const { read, tables } = play.host.store
    return (await read.select().from(tables.trail).where(eq(tables.trail.stream, 5))).filter(({ heads }) =>
      JSON.stringify(heads).includes('clock.jumped'),
    )
  }

  it.each([
    ['+1 h and back', [HOUR, -HOUR]],
    ['-1 h and back', [-HOUR, HOUR]],
    ['+1 year and back', [366 * DAY, -366 * DAY]],
  ])('%s: every timer fires once, rows keep their order, the jump is recorded', async (_, steps) => {
    let steady = 0
    await play.reopen({ steady: () => steady })
    await play.deploy(waitsFor('PT30M'))
    await startWaiting(5)
    const fired = watchFired()
    for (const [i, step] of steps.entries()) {
      play.pass(step)
      steady += 1_000
      await play.host.inspect()
      await play.host.settle()
      await startWaiting(5, 100 * (i + 1))
    }
    expect(await jumps()).toHaveLength(2)
    // Time goes on as it should until it is what the clock has shown already, and then everything is done.
    play.pass(367 * DAY)
    steady += 367 * DAY
    await play.host.inspect()
    await play.host.settle()
    expect(await jumps()).toHaveLength(2)
    expect(fired).toHaveLength(15)
    expect(new Set(fired).size).toBe(15)
    expect(await play.rows('timer')).toEqual([])
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
    const { read, tables } = play.host.store
    for (const { stream } of await read.selectDistinct({ stream: tables.trail.stream }).from(tables.trail)) {
      const rows = await read.select().from(tables.trail).where(eq(tables.trail.stream, stream))
      expect(rows.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(rows.map((_row, i) => i + 1))
    }
  })

  it('keeps doing at once what was to be done at once before it was set back', async () => {
    let steady = 0
    await play.reopen({ steady: () => steady })
    const { single, tables } = play.host.store
    const atOnce = { key: 2_000 * 2 ** 20 + 1, kind: 'subscription.match' as const, mark: 0, dueAt: play.now() }
    const later = { ...atOnce, key: atOnce.key + 1, dueAt: play.now() + HOUR }
    await single.insert(tables.outbox).values([atOnce, later])
    play.pass(-DAY)
    steady += 1_000
    await play.host.inspect()
    await play.host.settle()
    expect(await play.rows('outbox')).toMatchObject([{ key: later.key }])
  })

  it('offers a message again that was over while the clock was ahead, to a case that came meanwhile', async () => {
    let steady = 0
    await play.reopen({ steady: () => steady })
    await play.deploy(paid)
    const { tables } = play.host.store
    await publish()
    await play.host.settle()
    play.pass(366 * DAY)
    steady += 1_000
    await play.host.inspect()
    await play.start({ order: 'm1' })
    await play.host.settle()
    await play.host.inspect()
    expect(await play.rows('message')).toHaveLength(1)
    play.pass(-366 * DAY)
    steady += 1_000
    await play.host.inspect()
    await play.host.settle()
    expect(await play.host.store.read.select().from(tables.subscription)).toEqual([])
  })

  it('a job lent while it was ahead is lent again when the loan has lasted, and a delivery pauses no longer', async () => {
    let steady = 0
    await play.reopen({ steady: () => steady })
    await play.deploy(job)
    await play.start({ sum: 1 })
    play.pass(366 * DAY)
    await play.host.inspect()
    const lend = () => play.host.activateJobs({ type: 'pay', worker: 'w', timeout: HOUR, maxJobs: 1 })
    expect(await lend()).toHaveLength(1)
    const { single, tables } = play.host.store
    const entry = { target: 't', mark: 0, attempts: 1, attemptedAt: null }
    await single.insert(tables.delivery).values([{ ...entry, key: 1, dueAt: play.now() + HOUR }])
    play.pass(-366 * DAY)
    steady += 1_000
    await play.host.inspect()
    expect(await single.select({ dueAt: tables.delivery.dueAt }).from(tables.delivery)).toEqual([
      { dueAt: play.now() + HOUR - 1_000 },
    ])
    expect(await lend()).toEqual([])
    play.pass(HOUR)
    expect(await lend()).toHaveLength(1)
  })

  it('F09 what was due while the clock was ahead, and a loan that was over, are so when it is set back', async () => {
    let steady = 0
    await play.reopen({ steady: () => steady })
    await play.deploy(job)
    await play.start({ sum: 1 })
    play.pass(366 * DAY)
    steady += 1_000
    await play.host.inspect()
    const lend = (timeout: number) => play.host.activateJobs({ type: 'pay', worker: 'w', timeout, maxJobs: 1 })
    expect(await lend(500)).toHaveLength(1)
    const { single, tables } = play.host.store
    const entry = { target: 't', mark: 0, attempts: 1, attemptedAt: null }
    await single.insert(tables.delivery).values([{ ...entry, key: 1, dueAt: play.now() }])
    play.pass(-366 * DAY)
    steady += 1_000
    await play.host.inspect()
    const [left] = await single.select({ dueAt: tables.delivery.dueAt }).from(tables.delivery)
    expect(left!.dueAt).toBeLessThanOrEqual(play.now())
    expect(await lend(HOUR)).toHaveLength(1)
  })

  it('F09 a job that failed pauses no longer than it was to when the clock is set back', async () => {
    const steady = 0
    await play.reopen({ steady: () => steady })
    await play.deploy(job)
    await play.start({ sum: 1 })
    const lend = () => play.host.activateJobs({ type: 'pay', worker: 'w', timeout: HOUR, maxJobs: 1 })
    const [lent] = await lend()
    const value = { retries: 2, message: '', retryAt: play.now() + HOUR }
    await play.host.submit({ kind: 'job.fail', key: lent!.key, actor: clerk, requestId: 'f', value })
    play.pass(-DAY)
    await play.host.inspect()
    expect(await lend()).toEqual([])
    play.pass(HOUR)
    expect(await lend()).toHaveLength(1)
    const rebuilt = await openLibsqlStore(`${play.folder}/rebuilt.db`, { lock: false })
    await rebuild(play.host.store, rebuilt)
    expect(await differingTables(play.host.store, rebuilt)).toEqual([])
    expect(await differingRows(play.host.store, rebuilt)).toEqual([])
    rebuilt.close()
  })

  it('says so when the clock was set back while the server was down', async () => {
    await play.deploy(twoTasks)
    await play.start()
    play.pass(-DAY)
    await play.reopen()
    await play.host.inspect()
    expect(await jumps()).toHaveLength(1)
    await play.host.inspect()
    expect(await jumps()).toHaveLength(1)
    // Its rows from before stay ahead; that has been said.
    await play.reopen()
    await play.host.inspect()
    expect(await jumps()).toHaveLength(1)
  })
})

describe('a server that has lost its lease', () => {
  afterAll(() => postgresqlPlaces.end())

  it('fires no timer and answers nobody, while the one that has it does: two servers on one database', async () => {
    const place = postgresqlPlaces.make()
    const clock = controllableClock(play.now())
    const open = () => hostOver((options) => place.open(options), { clock, poll: false })
    const stale = await open()
    let holder: Host | null = null
    try {
      const request = { processId: 'waiting', units: [], variables: {}, actor: clerk }
      await stale.deploy([{ name: 'p.bpmn', content: Buffer.from(waitsFor('P1D')) }], clerk, 'd')
      await stale.start({ ...request, requestId: 's' })
      holder = await open()
      clock.pin(clock.now() + DAY)
      const fired: string[] = []
      for (const [name, host] of [
        ['stale', stale],
        ['holder', holder],
      ] as const)
        host.onCommitted(({ facts }) => facts.some(({ kind }) => kind === 'timer.triggered') && fired.push(name))
      await stale.settle()
      expect(fired).toEqual([])
      expect(stale.health()).toMatchObject({ status: 'storage_unavailable', reason: 'LEASE_LOST' })
      expect(await code(stale.start({ ...request, requestId: 'late' }))).toBe('STORAGE_UNAVAILABLE')
      await Promise.all([holder.settle(), stale.settle()])
      expect(fired).toEqual(['holder'])
      await stale.settle()
      expect(fired).toEqual(['holder'])
    } finally {
      await stale.close()
      await holder?.close()
      await place.remove()
    }
  })
})
