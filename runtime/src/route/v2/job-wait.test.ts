import { expect, test } from 'vitest'
import { Load } from '../load.ts'
import { JobWaits } from './job-wait.ts'

type Listener = Parameters<ConstructorParameters<typeof JobWaits>[0]['onCommitted']>[0]

function makeWaits(freeAt: number | null = null) {
  let listener: Listener = () => {}
  const load = new Load()
  const host = {
    onCommitted(given: Listener) {
      listener = given
      return () => {}
    },
    clock: { now: () => 0 },
    // One that was free by then was not for whoever asked.
    nextJobAt: async (_: string, after: number) => (freeAt !== null && freeAt > after ? freeAt : null),
  }
  const waits = new JobWaits(host, load)
  const commit = (kind: string, type = 'pay') =>
    listener({ stream: 1, sequence: 1, facts: [{ kind, key: 1, version: 1, value: { type } }] as never })
  return { waits, commit, load }
}
const never = new AbortController().signal
const giveBack = async () => {}
const isForAll = true

test('an answer is held back until a job comes', async () => {
  const { waits, commit } = makeWaits()
  const asked: number[] = []
  const found = waits.until({
    type: 'pay',
    timeout: 60_000,
    signal: never,
    giveBack,
    isForAll,
    ask: async () => {
      asked.push(asked.length)
      return asked.length === 2 ? ['job'] : []
    },
  })
  await Promise.resolve()
  commit('userTask.created')
  commit('job.created', 'other')
  commit('job.completed')
  commit('job.created')
  expect(await found).toEqual(['job'])
  expect(asked).toHaveLength(2)
})

test('who does not want to wait is answered at once, and one who is gone is not waited for', async () => {
  const { waits } = makeWaits()
  expect(
    await waits.until({ type: 'pay', timeout: -1, signal: never, giveBack, isForAll, ask: async () => [] }),
  ).toEqual([])
  const gone = new AbortController()
  const found = waits.until({
    type: 'pay',
    timeout: 60_000,
    signal: gone.signal,
    giveBack,
    isForAll,
    ask: async () => [],
  })
  gone.abort()
  expect(await found).toEqual([])
})

test('a failing question leaves nobody waiting', async () => {
  const { waits } = makeWaits()
  await expect(
    waits.until({
      type: 'pay',
      timeout: 60_000,
      signal: never,
      giveBack,
      isForAll,
      ask: async () => Promise.reject(new Error('no')),
    }),
  ).rejects.toThrow('no')
})

test('F06 a server that closes answers who waits, and who comes then, without jobs', async () => {
  const { waits, load } = makeWaits()
  const found = waits.until({ type: 'pay', timeout: 60_000, signal: never, giveBack, isForAll, ask: async () => [] })
  await Promise.resolve()
  load.close()
  expect(await found).toEqual([])
  expect(
    await waits.until({ type: 'pay', timeout: 60_000, signal: never, giveBack, isForAll, ask: async () => [] }),
  ).toEqual([])
})

test('F12 a worker that waits is told when a pause or a loan is over, though nothing is written then', async () => {
  const { waits } = makeWaits(20)
  const asked: number[] = []
  const found = waits.until({
    type: 'pay',
    timeout: 60_000,
    signal: never,
    giveBack,
    isForAll,
    ask: async () => (asked.push(asked.length) > 1 ? ['job'] : []),
  })
  expect(await found).toEqual(['job'])
  expect(asked).toHaveLength(2)
})

test('F12 nobody is lent a job when he is gone, and one that was lent on the way to him is given back', async () => {
  const { waits } = makeWaits()
  const gone = new AbortController()
  const returned: string[][] = []
  const give = async (jobs: readonly string[]) => {
    returned.push([...jobs])
  }
  let asked = 0
  const wait = { type: 'pay', timeout: 60_000, giveBack: give, isForAll }
  const early = waits.until({ ...wait, signal: gone.signal, ask: async () => (asked++ > 0 ? ['job'] : []) })
  await expect.poll(() => asked).toBe(1)
  gone.abort()
  expect([await early, asked, returned]).toEqual([[], 1, []])

  const leaving = new AbortController()
  const ask = async () => {
    leaving.abort()
    return ['job']
  }
  const waiting = waits.until({ ...wait, signal: never, ask: async () => (returned.length > 0 ? ['job'] : []) })
  expect(await waits.until({ ...wait, signal: leaving.signal, ask })).toEqual([])
  expect(returned).toEqual([['job']])
  expect(await waiting).toEqual(['job'])
})

test('F04 of many who wait no more ask than there is something for, and everybody in his turn', async () => {
  const { waits, commit, load } = makeWaits()
  const jobs: string[] = []
  const asked: string[] = []
  const wait = (name: string, wanted: string, forAll: boolean) =>
    waits.until({
      type: 'pay',
      timeout: 60_000,
      signal: never,
      giveBack,
      isForAll: forAll,
      ask: async () => {
        asked.push(name)
        const at = jobs.findIndex((job) => forAll || job === wanted)
        return at < 0 ? [] : jobs.splice(at, 1)
      },
    })
  const all = ['a', 'b', 'c', 'd', 'e'].map((name) => wait(name, '', true))
  const east = wait('east', 'east', false)
  const west = wait('west', 'west', false)
  await expect.poll(() => asked.length).toBe(7)
  jobs.push('x')
  commit('job.created')
  expect(await all[0]).toEqual(['x'])
  await expect.poll(() => asked.slice(7)).toEqual(['a', 'b'])
  jobs.push('y', 'z', 'x', 'east')
  commit('job.created')
  expect(await Promise.all([all[2], all[3], all[4], east])).toEqual([['y'], ['z'], ['x'], ['east']])
  await expect.poll(() => asked.slice(9)).toEqual(['c', 'd', 'e', 'east', 'west', 'b'])
  load.close()
  expect(await Promise.all([west, all[1]])).toEqual([[], []])
})

test('a worker that names no time waits as the official client expects, which else asks again a millisecond later', async () => {
  const { waits, commit } = makeWaits()
  let asked = 0
  const ask = async () => (asked++ > 0 ? ['job'] : [])
  const found = waits.until({ type: 'pay', timeout: 0, signal: never, giveBack, isForAll, ask })
  await expect.poll(() => asked).toBe(1)
  commit('job.created')
  expect(await found).toEqual(['job'])
})
