import { io, line, model, node } from '@bihuan/engine/testing'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConnectorPlay, connectorModel, Target } from '../testing/connector-play.ts'
import { libsqlPlaces, type Place, postgresqlPlaces } from '../testing/place.ts'
import { pauseAfter } from './backoff.ts'
import { Connectors } from './connectors.ts'
import { DueDeliveries } from './due-deliveries.ts'
import type { Worker } from './worker.ts'

/** A busy machine may take its time. */
const patience = { timeout: 20_000 }
const actor = { type: 'person', id: 'operator' } as const

describe.each([libsqlPlaces, postgresqlPlaces])('the built-in workers on $name', (places) => {
  let place: Place
  let play: ConnectorPlay
  let target: Target
  beforeEach(async () => {
    place = places.make()
    target = await new Target().listen()
    play = await ConnectorPlay.open({ place })
  })
  afterEach(async () => {
    await play.close()
    await target.close()
    await place.remove()
  })
  afterAll(() => places.end())

  it('find what is due by target, each first in its turn, the longest due first', async () => {
    const { single, tables } = play.host.store
    for (const [key, to, dueAt] of [
      [1, 'b', 30],
      [2, 'a', 20],
      [3, 'a', 10],
      [4, 'c', 99],
    ] as const)
      await single.insert(tables.delivery).values({ key, target: to, dueAt, mark: 1, attempts: 0, attemptedAt: null })
    const due = new DueDeliveries(play.host.store)
    expect(await due.targets(50)).toEqual(['a', 'b'])
    expect(await due.targets(99)).toEqual(['b', 'c', 'a'])
    expect(await due.targets(99)).toEqual(['c', 'a', 'b'])
    expect(await due.targets(5)).toEqual([])
    expect((await due.of('a', 50, 5, [])).map(({ key }) => key)).toEqual([3, 2])
    expect((await due.of('a', 50, 5, [3])).map(({ key }) => key)).toEqual([2])
    expect(await due.of('c', 50, 5, [])).toEqual([])
  })

  it('leave a suspended case alone, and go on when it is resumed', async () => {
    await play.deploy(connectorModel('bihuan.http', { url: `="${target.url}"` }))
    const { instanceKey: key } = await play.start()
    const about = { key, actor, value: { reason: 'checked' } }
    await play.host.submit({ kind: 'processInstance.suspend', ...about, requestId: 's' })
    await play.pass(60_000)
    expect(target.received).toEqual([])
    await play.host.submit({ kind: 'processInstance.resume', ...about, requestId: 'r' })
    await play.pass(60_000)
    expect(target.received).toHaveLength(1)
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
  })

  it('keep the result for later while the case cannot take it', async () => {
    await play.deploy(connectorModel('bihuan.http', { url: `="${target.url}"` }))
    const { instanceKey: key } = await play.start()
    let release = () => {}
    target.answer = (response) => {
      release = () => response.end()
    }
    const settled = play.settle()
    await expect.poll(() => target.received.length, patience).toBe(1)
    await play.host.submit({ kind: 'processInstance.suspend', key, actor, value: { reason: 'x' }, requestId: 's' })
    release()
    await settled
    expect(await play.rows('delivery')).toMatchObject([{ dueAt: play.host.clock.now() + 30_000 }])
    target.answer = (response) => response.end()
    await play.host.submit({ kind: 'processInstance.resume', key, actor, value: { reason: 'x' }, requestId: 'r' })
    await play.pass(30_000)
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
    expect(new Set(target.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })

  it('F12 look at what belongs to a suspended case no more often than at anything else that is not to be sent', async () => {
    await play.deploy(connectorModel('bihuan.http', { url: `="${target.url}"` }))
    const { instanceKey: key } = await play.start()
    await play.host.submit({ kind: 'processInstance.suspend', key, actor, value: { reason: 'x' }, requestId: 's' })
    const before = await play.rows('delivery')
    await play.pass(60_000)
    expect(await play.rows('delivery')).toEqual(before)
    expect(await play.rows('delivery')).toHaveLength(1)
  })

  it('F05 send nothing while the host only reads, since nothing could be written of it, and go on by themselves', async () => {
    let free = 1_000
    await play.reopen({ disk: { freeBytes: async () => free, low: 100 } })
    await play.deploy(connectorModel('bihuan.http', { url: `="${target.url}"` }))
    await play.start()
    free = 50
    await play.host.inspect()
    await play.connectors.settle()
    expect([target.received, await play.rows('delivery')]).toMatchObject([[], [{ attempts: 0 }]])
    free = 1_000
    await play.host.inspect()
    await play.settle()
    expect(target.received).toHaveLength(1)
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
  })

  it('F09 begin again when the clock was set back after nothing could be written', async () => {
    await play.deploy(connectorModel('bihuan.http', { url: `="${target.url}"` }))
    await play.start()
    let isBroken = true
    const { host } = play
    const broken = () => {
      throw new Error('the disk is away')
    }
    const store = new Proxy(host.store, {
      get: (all, name) => (name === 'single' && isBroken ? { update: broken, delete: broken } : Reflect.get(all, name)),
    })
    const told: string[] = []
    const worker: Worker = async () => ({ kind: 'done', variables: {} })
    const connectors = new Connectors({
      host: new Proxy(host, { get: (all, name) => (name === 'store' ? store : Reflect.get(all, name)) }),
      workers: new Map([['bihuan.http', worker]]),
      poll: false,
      report: (what) => told.push(what),
    })
    await connectors.settle()
    isBroken = false
    await connectors.settle()
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'active' }])
    expect(told).toEqual(['connector'])
    await host.store.single.update(host.store.tables.delivery).set({ dueAt: 0 })
    play.temporary.clock.pin(host.clock.now() - 86_400_000)
    await connectors.settle()
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
    await connectors.close()
  })

  it('make an incident of a type nobody knows, instead of a job that waits for ever', async () => {
    await play.deploy(connectorModel('=kind', {}))
    await play.start({ kind: 'bihuan.fax' })
    await play.settle()
    expect((await play.rows('incident')).map(({ facts }) => facts.message)).toEqual([
      expect.stringMatching(/^JOB_TYPE_UNKNOWN: .*bihuan\.http.*bihuan\.fax/),
    ])
  })

  it('F12 do the work of a listener of a user task once: there an answer cannot change the case', async () => {
    const listeners = ['bihuan.http', 'bihuan.people', 'bihuan.notice'].map(
      (type) => `<zeebe:taskListener eventType="creating" type="${type}"/>`,
    )
    const inputs = io({ url: `="${target.url}"`, kind: '="road"', title: '="Road"' })
    const header = '<zeebe:taskHeaders><zeebe:header key="role" value="clerk"/></zeebe:taskHeaders>'
    const look = `${inputs}${header}<zeebe:taskListeners>${listeners.join('')}</zeebe:taskListeners>`
    await play.deploy(
      model(
        `${node('startEvent', 's')}${node('userTask', 'look', look)}${node('endEvent', 'e')}${line('s', 'look', 'e')}`,
      ),
    )
    await play.start()
    await play.settle()
    await play.pass(60_000)
    expect(target.received).toHaveLength(1)
    expect((await play.rows('job')).map(({ type, state }) => [type, state])).toEqual([
      ['bihuan.http', 'completed'],
      ['bihuan.people', 'completed'],
      ['bihuan.notice', 'completed'],
    ])
    expect(await play.rows('delivery')).toEqual([])
  })

  it('begin anew with the pauses when an operator says that it may fail again', async () => {
    target.answer = (response) => response.writeHead(500).end()
    await play.deploy(connectorModel('bihuan.http', { url: `="${target.url}"` }, {}, { retries: 1 }))
    await play.start()
    await play.settle()
    const { key } = (await play.rows('job'))[0]!
    await play.host.submit({ kind: 'job.updateRetries', key, actor, value: { retries: 2 }, requestId: 'u' })
    await play.settle()
    expect(target.received).toHaveLength(2)
    expect(await play.rows('delivery')).toMatchObject([{ attempts: 1 }])
    expect(await play.rows('job')).toMatchObject([
      { retries: 1, retryAt: play.host.clock.now() + pauseAfter(key, 1, 5000) },
    ])
  })
})

describe('pauses', () => {
  it('grow twice as long each time up to a bound, spread over half of it, the same for the same attempt', () => {
    for (const [attempt, whole] of [
      [1, 5_000],
      [2, 10_000],
      [3, 20_000],
      [30, 900_000],
      [1_000, 900_000],
    ] as const) {
      const pauses = Array.from({ length: 200 }, (_, key) => pauseAfter(key, attempt, 5_000))
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(whole / 2)
      expect(Math.max(...pauses)).toBeLessThanOrEqual(whole)
      expect(new Set(pauses).size).toBeGreaterThan(150)
      expect(pauses).toEqual(Array.from({ length: 200 }, (_, key) => pauseAfter(key, attempt, 5_000)))
    }
  })
  it('are as long as the other side asks, within reason', () => {
    expect(pauseAfter(1, 1, 5_000, 120_000)).toBe(120_000)
    expect(pauseAfter(1, 1, 5_000, 1)).toBe(pauseAfter(1, 1, 5_000))
    expect(pauseAfter(1, 1, 5_000, 1e12)).toBe(3_600_000)
  })
})
