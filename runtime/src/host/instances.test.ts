import { setImmediate as nextTurn } from 'node:timers/promises'
import type { State } from '@bihuan/engine'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FaultMoment } from '../db/store.ts'
import { libsqlPlaces } from '../testing/place.ts'
import { code, HostPlay, seed, twoTasks } from '../testing/suite/host-play.ts'
import { Definitions } from './definitions.ts'
import { Instances } from './instances.ts'
import { Writer } from './writer.ts'

const play = new HostPlay(libsqlPlaces)
beforeEach(() => play.open())
afterEach(() => play.close())

/** An instance with a write under way, which `written` ends. */
async function open() {
  await play.deploy(twoTasks)
  const { stream } = await play.start({ subject: 'x' })
  const { store } = play.host
  const definitions = new Definitions(store, () => {})
  await definitions.refresh()
  const limits = { liveLimit: 10, liveBytes: 1e6, rowsPerSnapshot: 100, hash: 'sha256' } as const
  const bundle = async (key: number) => (await definitions.get(key)).bundle
  const instances = new Instances(
    store,
    new Writer(store),
    bundle,
    limits,
    () => {},
    async () => {},
  )
  const live = await instances.get(stream)
  let written = () => {}
  live.track(new Promise<void>((done) => (written = done)))
  return { stream, instances, live, written: () => written() }
}

async function turns() {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn()
}

it('who only reads an instance waits until what is judged is on disk, or reads what is there', async () => {
  const { stream, instances, live, written } = await open()
  const seen: State[] = []
  const looked = instances.look(stream, (state) => seen.push(state))
  await turns()
  expect(seen).toEqual([])
  live.owner.failed = true
  written()
  await looked
  expect(seen).toHaveLength(1)
  expect(seen[0]).not.toBe(live.actor.state)
})

it('an instance that was dropped is not read again before all it had queued is settled, whoever asks', async () => {
  const { stream, instances, live, written } = await open()
  instances.drop(live)
  let count = 0
  const asked = [1, 2].map(async () => {
    const again = await instances.get(stream)
    count += 1
    return again
  })
  await turns()
  expect(count).toBe(0)
  written()
  const [first, second] = await Promise.all(asked)
  expect(first).not.toBe(live)
  expect(second).toBe(first)
})

it('a case that is read again after a fault is saved as soon as one that stayed in memory', async () => {
  let isFailing = false
  const fault = (moment: FaultMoment) => {
    if (isFailing && moment === 'commit') throw Object.assign(new Error('disk'), { code: 'SQLITE_IOERR_FSYNC' })
  }
  await play.reopen({ rowsPerSnapshot: 1, fault })
  await play.deploy(twoTasks)
  const { instanceKey } = await play.start({ subject: 'x'.repeat(20_000) })
  const set = (n: number) =>
    play.host.submit({
      kind: 'variables.set',
      key: instanceKey,
      actor: seed,
      requestId: `s${n}`,
      value: { scopeKey: instanceKey, variables: { n, note: 'x'.repeat(2_000) }, local: true },
    })
  const savedAt = async () => (await play.rows('snapshot'))[0]!.sequence
  const begun = await savedAt()
  for (let n = 0; n < 8; n += 1) await set(n)
  expect(await savedAt()).toBe(begun)
  isFailing = true
  expect(await code(set(99))).toBe('STORAGE_UNAVAILABLE')
  isFailing = false
  for (let n = 8; n < 12; n += 1) await set(n)
  expect(await savedAt()).toBeGreaterThan(begun)
})
