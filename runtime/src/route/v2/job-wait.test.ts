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

test('an answer is held back until a job comes', async () => {
  const { waits, commit } = makeWaits()
  const asked: number[] = []
  const found = waits.until({
    type: 'pay',
    timeout: 60_000,
    signal: never,
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

test('without a time to wait the answer comes at once, and one who is gone is not waited for', async () => {
  const { waits } = makeWaits()
  expect(await waits.until({ type: 'pay', timeout: 0, signal: never, ask: async () => [] })).toEqual([])
  const gone = new AbortController()
  const found = waits.until({ type: 'pay', timeout: 60_000, signal: gone.signal, ask: async () => [] })
  gone.abort()
  expect(await found).toEqual([])
})

test('a failing question leaves nobody waiting', async () => {
  const { waits } = makeWaits()
  await expect(
    waits.until({ type: 'pay', timeout: 60_000, signal: never, ask: async () => Promise.reject(new Error('no')) }),
  ).rejects.toThrow('no')
})

test('F06 a server that closes answers who waits, and who comes then, without jobs', async () => {
  const { waits, load } = makeWaits()
  const found = waits.until({ type: 'pay', timeout: 60_000, signal: never, ask: async () => [] })
  await Promise.resolve()
  load.close()
  expect(await found).toEqual([])
  expect(await waits.until({ type: 'pay', timeout: 60_000, signal: never, ask: async () => [] })).toEqual([])
})

test('F12 a worker that waits is told when a pause or a loan is over, though nothing is written then', async () => {
  const { waits } = makeWaits(20)
  const asked: number[] = []
  const found = waits.until({
    type: 'pay',
    timeout: 60_000,
    signal: never,
    ask: async () => (asked.push(asked.length) > 1 ? ['job'] : []),
  })
  expect(await found).toEqual(['job'])
  expect(asked).toHaveLength(2)
})
