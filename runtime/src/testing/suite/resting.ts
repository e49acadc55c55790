import type { Key } from '@bihuan/engine'
import { asc, eq, getTableColumns } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { verifyTrail } from '../../audit/verify.ts'
import { openLibsqlStore } from '../../db/libsql-store.ts'
import { Rest } from '../../keep/rest.ts'
import { detailTables } from '../../projection/detail.ts'
import { differingRows } from '../../projection/differences.ts'
import { differingTables, rebuild } from '../../projection/rebuild.ts'
import { objection } from '../objection.ts'
import { caller, child } from './calls.ts'
import { code, DAY, type HostPlay, keyOf, named, seed, twoTasks } from './host-play.ts'
import { job } from './jobs.ts'
import { both } from './signals.ts'
import { begunBy, byMessage } from './starts.ts'
import { told } from './suspended.ts'

const HOUR = 3_600_000

/** Finished cases at rest, and woken. */
export function resting(play: HostPlay): void {
  let steady = 0
  const reopen = () => play.reopen({ steady: () => steady })
  const rest = () => new Rest({ host: play.host, days: 1 }).all()
  const streams = async () => {
    const { read, tables } = play.host.store
    const rows = await read.select({ stream: tables.restingCase.stream }).from(tables.restingCase)
    return rows.map(({ stream }) => stream).sort()
  }
  /** Everything the database has of a case beside its pack. */
  const rowsOf = async (instanceKey: Key) => {
    const { read, tables } = play.host.store
    const { trail, payload } = tables
    const stream = Math.floor(instanceKey / 2 ** 20)
    const found: { [table: string]: unknown[] } = {
      trail: await read.select().from(trail).where(eq(trail.stream, stream)).orderBy(asc(trail.sequence)),
      payload: await read.select().from(payload).where(eq(payload.stream, stream)).orderBy(asc(payload.sequence)),
    }
    for (const name of detailTables) {
      const table = tables[name]
      const first = Object.values(getTableColumns(table))
      const rows = read.select().from(table).where(eq(table.instanceKey, instanceKey))
      found[name] = await rows.orderBy(...first.map((column) => asc(column)))
    }
    return found
  }
  const counts = (found: { [table: string]: unknown[] }) =>
    Object.values(found).reduce((sum, rows) => sum + rows.length, 0)
  const cancel = (key: Key) =>
    play.host.submit({
      kind: 'processInstance.cancel',
      key,
      actor: seed,
      requestId: `cancel ${key}`,
      value: { reason: 'test' },
    })
  const fail = (key: Key) =>
    play.host.submit({
      kind: 'job.fail',
      key,
      actor: seed,
      requestId: `fail ${key}`,
      value: { retries: 0, message: 'no', retryAt: null },
    })
  const twoDone = async (requestId: string) => {
    const begun = await play.start({ subject: '路灯坏了', deep: { list: [1, null] } }, requestId)
    const next = await play.complete(keyOf(begun.facts, 'userTask.created'), `${requestId} a`, seed, { yes: true })
    await play.complete(keyOf(next.facts, 'userTask.created'), `${requestId} b`, seed)
    return begun.instanceKey
  }
  /** Cases of many kinds, all of them ended. */
  const manyKinds = async (): Promise<readonly Key[]> => {
    await play.deploy(twoTasks, 'd1')
    const keys = [await twoDone('two')]
    await play.deploy(named(job, 'job'), 'd2')
    await play.deploy(named(both, 'both'), 'd3')
    await play.deploy(child('one'), 'd4')
    await play.deploy(named(caller('latest'), 'caller'), 'd5')
    await play.deploy(named(byMessage, 'byMessage'), 'd6')
    await play.deploy(named(begunBy(''), 'begunBy'), 'd7')
    await play.deploy(named(told, 'told'), 'd8')
    await play.deploy(named(objection, 'objection'), 'd9')
    for (const id of ['job', 'both', 'caller', 'begunBy', 'told', 'objection']) {
      const { instanceKey } = await play.start({ n: 1, order: id }, `s ${id}`, id)
      await play.host.settle()
      for (const { key, state } of id === 'job' ? await play.rows('job') : []) if (state === 'created') await fail(key)
      await cancel(instanceKey)
      keys.push(instanceKey)
    }
    const message = {
      name: 'reported',
      correlationKey: 'k',
      timeToLive: 0,
      messageId: null,
      variables: {},
      actor: seed,
    }
    await play.host.publishMessage({ ...message, requestId: 'm' })
    await play.host.settle()
    const known = new Set(keys)
    const left = (await play.sorted('processInstance')).filter(({ key }) => !known.has(key))
    for (const { key, state } of left) {
      if (state === 'active') await cancel(key)
      keys.push(key)
    }
    await play.host.settle()
    return keys
  }
  const rebuilt = async () => {
    const fresh = await openLibsqlStore(`${play.folder}/fresh-${steady}.db`, { lock: false })
    try {
      await rebuild(play.host.store, fresh)
      return [await differingTables(play.host.store, fresh), await differingRows(play.host.store, fresh)]
    } finally {
      await fresh.close()
      steady += 1
    }
  }

  it('P10 puts finished cases of every kind to rest and wakes them to the very same rows', async () => {
    const keys = await manyKinds()
    const before = new Map<Key, Awaited<ReturnType<typeof rowsOf>>>()
    for (const key of keys) before.set(key, await rowsOf(key))
    const unfilled = Object.keys(await rowsOf(keys[0]!)).filter((table) =>
      [...before.values()].every((found) => found[table]!.length === 0),
    )
    expect(unfilled).toEqual([])
    expect(await rest()).toBe(0)
    play.pass(2 * DAY)
    expect(await rest()).toBe(keys.length)
    expect(await streams()).toHaveLength(keys.length)
    for (const key of keys) expect(counts(await rowsOf(key))).toBe(0)
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
    expect(await rebuilt()).toEqual([[], []])
    await play.host.wake(keys)
    expect(await streams()).toEqual([])
    for (const key of keys) expect(await rowsOf(key)).toEqual(before.get(key))
    expect(await rebuilt()).toEqual([[], []])
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('P10 leaves cases alone that run, that somebody waits for, or that do not hold together', async () => {
    await play.deploy(twoTasks)
    const running = await play.start({}, 'running')
    const sending = await twoDone('sending')
    const broken = await twoDone('broken')
    const { single, tables } = play.host.store
    await single.insert(tables.outbox).values({ key: sending + 9, kind: 'job.notice', dueAt: 2 ** 50, mark: 0 })
    const stream = Math.floor(broken / 2 ** 20)
    await single.update(tables.payload).set({ records: '' }).where(eq(tables.payload.stream, stream))
    play.pass(2 * DAY)
    expect(await rest()).toBe(0)
    for (const key of [running.instanceKey, sending, broken]) expect(await play.host.rest(key)).toBe(false)
    expect(await play.host.rest(1)).toBe(false)
    expect(await streams()).toEqual([])
  })

  it('P10 a command to a case at rest is judged as before, a repeated one answered without waking it', async () => {
    await play.deploy(twoTasks)
    const begun = await play.start({}, 'begin')
    const task = keyOf(begun.facts, 'userTask.created')
    const first = await play.complete(task, 'a')
    const second = await play.complete(keyOf(first.facts, 'userTask.created'), 'b')
    const refused = await code(play.complete(task, 'early'))
    play.pass(2 * DAY)
    expect(await rest()).toBe(1)
    expect(await play.start({}, 'begin')).toEqual(begun)
    expect(await streams()).toHaveLength(1)
    expect(await play.complete(keyOf(first.facts, 'userTask.created'), 'b')).toEqual(second)
    expect(await code(play.complete(task, 'late'))).toBe(refused)
    expect(await streams()).toEqual([])
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('P10 is not put to rest again for an hour after somebody asked for it', async () => {
    await reopen()
    await play.deploy(twoTasks)
    const key = await twoDone('one')
    play.pass(2 * DAY)
    expect(await rest()).toBe(1)
    await play.host.wake([key])
    steady += HOUR - 1
    expect(await rest()).toBe(0)
    steady += 1
    expect(await rest()).toBe(1)
  })

  it('P10 who asks while a case is put to rest, or woken, finds it awake', async () => {
    await reopen()
    await play.deploy(twoTasks)
    const keys = [await twoDone('one'), await twoDone('two'), await twoDone('three')]
    const wanted = await Promise.all(keys.map(rowsOf))
    play.pass(2 * DAY)
    for (let round = 0; round < 5; round += 1) {
      const put = keys.map((key) => play.host.rest(key))
      await Promise.all(keys.flatMap((key) => [play.host.wake([key]), play.host.wake([key, key])]))
      expect(await Promise.all(keys.map(rowsOf))).toEqual(wanted)
      expect(await Promise.all(put)).toEqual([true, true, true])
      steady += HOUR
    }
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('T01 a damaged pack is a refusal with a code, keeps nobody else, and is named', async () => {
    await play.deploy(twoTasks)
    const key = await twoDone('one')
    const other = await twoDone('other')
    play.pass(2 * DAY)
    expect(await rest()).toBe(2)
    const { read, single, tables } = play.host.store
    const stream = Math.floor(key / 2 ** 20)
    const { restingCase } = tables
    const [{ pack } = { pack: new Uint8Array() }] = await read
      .select()
      .from(restingCase)
      .where(eq(restingCase.stream, stream))
    const changed = Uint8Array.from(pack)
    changed[40]! ^= 4
    await single
      .update(restingCase)
      .set({ pack: Buffer.from(changed) })
      .where(eq(restingCase.stream, stream))
    expect(await code(play.host.wake([key]))).toBe('CASE_PACK_DAMAGED')
    expect(await code(cancel(key))).toBe('CASE_PACK_DAMAGED')
    expect((await verifyTrail(play.host.store)).breaks).toEqual([{ stream, sequence: 1, fault: 'pack' }])
    await play.host.wake([other])
    expect(await streams()).toEqual([stream])
  })
}
