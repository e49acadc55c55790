import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TemporaryHost, temporaryHost } from '../testing/open.ts'

const DAY = 86_400_000
const HOUR = DAY / 24
const by = { type: 'system', id: 'test' } as const

let temporary: TemporaryHost
let steady = 0
beforeEach(async () => {
  temporary = await temporaryHost()
  await something()
})
afterEach(() => temporary.remove())

/** What somebody does: a row of the trail. */
const something = () => temporary.host.record('security', 'session.created', by, {})
const set = (ms: number) => temporary.clock.pin(temporary.clock.now() + ms)
const pass = (ms: number) => {
  set(ms)
  steady += ms
}
/** Starts anew after the clock was moved while nothing ran. */
async function start(ms: number): Promise<void> {
  set(ms)
  await temporary.reopen({ steady: () => steady })
}
const trusts = () => temporary.host.trustsClock()
const alarms = () => temporary.host.health().alarms

test('F09 a clock a year ahead at the start is believed after a day of running, and health says so', async () => {
  await start(365 * DAY)
  expect([trusts(), alarms()]).toEqual([false, ['CLOCK_DOUBTED']])
  await something()
  pass(DAY - HOUR)
  expect(trusts()).toBe(false)
  pass(HOUR)
  expect([trusts(), alarms()]).toEqual([true, []])
})

test('F09 starting once more does not make it right, neither at once nor when somebody was at work meanwhile', async () => {
  await start(365 * DAY)
  await start(HOUR)
  expect(trusts()).toBe(false)
  await something()
  await start(20 * HOUR)
  expect(trusts()).toBe(false)
  pass(4 * HOUR - 1)
  expect(trusts()).toBe(false)
  pass(1)
  expect(trusts()).toBe(true)
  await start(HOUR)
  expect(trusts()).toBe(true)
})

test('F09 a clock that was set ahead while it ran is not right after the next start', async () => {
  await start(HOUR)
  expect(trusts()).toBe(true)
  set(365 * DAY)
  expect([trusts(), alarms()]).toEqual([false, []])
  await something()
  await start(2 * HOUR)
  expect([trusts(), alarms()]).toEqual([false, ['CLOCK_DOUBTED']])
})

test('F09 a new database, a weekend, and a clock that was behind are no gap', async () => {
  await start(3 * DAY)
  expect([trusts(), alarms()]).toEqual([true, []])
  await start(-2 * DAY)
  expect([trusts(), alarms()]).toEqual([true, []])
})
