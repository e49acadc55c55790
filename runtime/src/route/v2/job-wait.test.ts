import { expect, test } from 'vitest'
import { JobWaits } from './job-wait.ts'

type Listener = Parameters<ConstructorParameters<typeof JobWaits>[0]['onCommitted']>[0]

function makeWaits() {
  let listener: Listener = () => {}
  const waits = new JobWaits({
    onCommitted(given) {
      listener = given
      return () => {}
    },
  })
  const commit = (kind: string) =>
    listener({ stream: 1, sequence: 1, facts: [{ kind, key: 1, version: 1, value: {} }] as never })
  return { waits, commit }
}
const never = new AbortController().signal

test('an answer is held back until a job comes', async () => {
  const { waits, commit } = makeWaits()
  const asked: number[] = []
  const found = waits.until(60_000, never, async () => {
    asked.push(asked.length)
    return asked.length === 2 ? ['job'] : []
  })
  await Promise.resolve()
  commit('userTask.created')
  commit('job.created')
  expect(await found).toEqual(['job'])
  expect(asked).toHaveLength(2)
})

test('without a time to wait the answer comes at once, and one who is gone is not waited for', async () => {
  const { waits } = makeWaits()
  expect(await waits.until(0, never, async () => [])).toEqual([])
  const gone = new AbortController()
  const found = waits.until(60_000, gone.signal, async () => [])
  gone.abort()
  expect(await found).toEqual([])
})

test('a failing question leaves nobody waiting', async () => {
  const { waits } = makeWaits()
  await expect(waits.until(60_000, never, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
