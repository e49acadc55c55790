import { expect, it } from 'vitest'
import { code } from '../testing/suite/host-play.ts'
import { Load } from './load.ts'
import { openTestApp } from './test-app.ts'

const limits = { requests: 2, fewest: 1, bodies: 2, bodyBytes: 100 }

/** Work that is under way until it is let go. */
function held() {
  let release = () => {}
  const done = new Promise<void>((resolve) => {
    release = resolve
  })
  return { work: () => done, release }
}

it('F19 works on no more than it can, and on the next when one is done', async () => {
  const load = new Load(limits)
  const first = held()
  const second = held()
  const running = [load.work(first.work), load.work(second.work)]
  expect(await code(load.work(async () => {}))).toBe('OVERLOADED')
  expect(() => load.check()).toThrow(expect.objectContaining({ code: 'OVERLOADED', facts: { seconds: 2 } }))
  first.release()
  await running[0]
  expect(await code(load.work(async () => {}))).toBe('accepted')
  second.release()
  await Promise.all(running)
  expect(load.figures).toEqual({ requests: 0, bodies: 0, shed: 2 })
})

it('F19 takes fewer while even the quickest answers are slow, and as many as before when they are not', async () => {
  let now = 1_000
  const load = new Load({ ...limits, requests: 10, fewest: 2 }, () => now)
  const three = async (ms: number) => {
    const holds = [held(), held(), held()]
    const codes = holds.map(({ work }) => code(load.work(work)))
    now += ms
    for (const { release } of holds) release()
    return Promise.all(codes)
  }
  const all = ['accepted', 'accepted', 'accepted']
  expect(await three(600)).toEqual(all)
  expect(await three(600)).toEqual(['accepted', 'accepted', 'OVERLOADED'])
  expect(await three(600)).toEqual(['accepted', 'accepted', 'OVERLOADED'])
  expect(await three(10)).toEqual(['accepted', 'accepted', 'OVERLOADED'])
  // One that is slow by itself among quick ones is no queue.
  const slow = held()
  const slowly = load.work(slow.work)
  now += 600
  await load.work(async () => {})
  slow.release()
  await slowly
  expect(await three(10)).toEqual(all)
})

it('F18 reads no more bodies than fit into memory, but one that is alone', async () => {
  const load = new Load(limits)
  const large = held()
  const reading = load.read(500, large.work)
  expect(await code(load.read(1, async () => {}))).toBe('OVERLOADED')
  large.release()
  await reading
  const [a, b] = [held(), held()]
  const two = [load.read(40, a.work), load.read(40, b.work)]
  expect(await code(load.read(10, async () => {}))).toBe('OVERLOADED')
  a.release()
  await two[0]
  expect(await code(load.read(60, async () => {}))).toBe('accepted')
  expect(await code(load.read(61, async () => {}))).toBe('OVERLOADED')
  b.release()
  await Promise.all(two)
})

it('gives back what it has counted when the work fails', async () => {
  const load = new Load(limits)
  const fail = async () => {
    throw new Error('fault')
  }
  for (let i = 0; i < 5; i += 1) {
    await load.work(fail).catch(() => {})
    await load.read(90, fail).catch(() => {})
  }
  expect(load.figures).toEqual({ requests: 0, bodies: 0, shed: 0 })
})

it('F06 takes nothing new when it closes, and says when to come again', async () => {
  const app = await openTestApp()
  try {
    const east = await app.as('clerk.east')
    const events = await east('GET', '/api/inbox/events')
    const { load, events: lines } = app.server.services
    load.close()
    lines.end()
    // The stream of events ends; the page comes back by itself.
    expect(await events.text()).toContain('retry: ')
    for (const path of ['/api/inbox', '/api/inbox/events', '/api/health']) {
      const answer = await east('GET', path)
      expect(answer.status).toBe(503)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(answer.headers.get('connection')).toBe('close')
      expect(await answer.json()).toMatchObject({ code: 'SHUTTING_DOWN' })
    }
  } finally {
    await app.close()
  }
})
