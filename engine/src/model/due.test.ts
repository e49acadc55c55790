import { afterEach, expect, test, vi } from 'vitest'
import { parseCron } from './cron.ts'
import { CATCH_UP, type Due, firstDue, nextDue } from './due.ts'
import { formatInstant, parseInstant } from './time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (text: string) => parseInstant(text) ?? Number.NaN
const MONDAY = at('2026-05-18T08:00:00+08:00')
const cycle = { kind: 'cycle' } as const

/** The first due times of a cron expression after a moment, in Shanghai. */
function due(cron: string, count = 1, from = MONDAY): string[] {
  const schedule = parseCron(cron)
  const found: string[] = []
  for (let last: number | null = from; last !== null && found.length < count; ) {
    last = schedule?.after(last) ?? null
    if (last !== null) found.push(formatInstant(last).replace(':00+08:00', ''))
  }
  return found
}

function armed(value: string, from = MONDAY): Due {
  const first = firstDue(cycle, value, from)
  if (first === null || first === 'never') throw new Error(`${value} is ${first}`)
  return first
}

afterEach(() => vi.unstubAllGlobals())

test('TI7 six fields in Asia/Shanghai, days of the week by name', () => {
  expect(due('0 0 8 ? * MON-FRI', 6)).toEqual([
    '2026-05-19T08:00',
    '2026-05-20T08:00',
    '2026-05-21T08:00',
    '2026-05-22T08:00',
    '2026-05-25T08:00',
    '2026-05-26T08:00',
  ])
  expect(due('0 0/30 8-9 * * *', 4)).toEqual([
    '2026-05-18T08:30',
    '2026-05-18T09:00',
    '2026-05-18T09:30',
    '2026-05-19T08:00',
  ])
  expect(due('0 0 0 1 1,7 *', 2)).toEqual(['2026-07-01T00:00', '2027-01-01T00:00'])
})

test('TI7 day of month and day of week must both fit', () => {
  expect(due('0 0 8 13 * FRI', 2)).toEqual(['2026-11-13T08:00', '2027-08-13T08:00'])
})

test('TI7 the last day, the nearest working day, the second Friday, the last Friday', () => {
  expect(due('0 0 0 L * *', 2)).toEqual(['2026-05-31T00:00', '2026-06-30T00:00'])
  expect(due('0 0 0 15W 8 *')).toEqual(['2026-08-14T00:00'])
  expect(due('0 0 0 ? * 5#2')).toEqual(['2026-06-12T00:00'])
  expect(due('0 0 0 ? * 5L')).toEqual(['2026-05-29T00:00'])
})

test('TI7 Sunday is 0 and 7', () => {
  expect(due('0 0 8 ? * 0')).toEqual(due('0 0 8 ? * 7'))
  expect(due('0 0 8 ? * SUN')).toEqual(['2026-05-24T08:00'])
})

test('TI7 macros', () => {
  expect(due('@yearly')).toEqual(['2027-01-01T00:00'])
  expect(due('@annually')).toEqual(due('@yearly'))
  expect(due('@monthly')).toEqual(['2026-06-01T00:00'])
  expect(due('@weekly')).toEqual(['2026-05-24T00:00'])
  expect(due('@daily')).toEqual(['2026-05-19T00:00'])
  expect(due('@midnight')).toEqual(due('@daily'))
  expect(due('@hourly')).toEqual(['2026-05-18T09:00'])
})

test('TI7 leap days are found; what is never due, or no cron expression, is none', () => {
  expect(due('0 0 8 29 2 ?')).toEqual(['2028-02-29T08:00'])
  for (const text of [
    '',
    '* * * * *',
    '0 0 8 * * * 2026',
    '0 0 25 * * *',
    '0 60 8 * * *',
    '0 0 0 30 2 *',
    '0 0 0 31 2,4,6,9,11 *',
    '? 0 8 * * *',
    '0 0 8 * ? *',
    '0 0 8 ? * MON?',
    '0 0 8 * * XYZ',
    '@reboot',
    '@often',
    '0 0 8 * * MON; drop',
    `0 0 8 ${'1,'.repeat(200)}1 * *`,
  ])
    expect(parseCron(text), text).toBe(null)
})

test('TI7 reading and asking a cron expression reads no clock', () => {
  const Real = Date
  vi.stubGlobal(
    'Date',
    new Proxy(Real, {
      construct(target, given) {
        if (given.length === 0) throw new Error('the clock is read')
        return Reflect.construct(target, given) as object
      },
      get: (target, name) => (name === 'now' ? undefined : Reflect.get(target, name)),
    }),
  )
  expect(parseCron('17 3 4 5 6 ?')?.after(MONDAY)).toBe(Real.UTC(2026, 5, 4, 20, 3, 17))
})

test('TI8 a cron expression is due again after it was due, however late it fired', () => {
  const first = armed('0 0 9 * * *')
  expect(first.dueAt).toBe(MONDAY + HOUR)
  expect(nextDue(first, MONDAY + 30 * HOUR)?.dueAt).toBe(MONDAY + 25 * HOUR)
})

test('TI5 a cycle begins one interval after it was armed, or at its start', () => {
  expect(armed('R3/PT1H')).toEqual({ dueAt: MONDAY + HOUR, repetitions: 2, interval: 'PT1H' })
  expect(armed('R/PT1H').repetitions).toBe(-1)
  expect(armed('R2/2026-06-01T08:00:00+08:00/P1D').dueAt).toBe(at('2026-06-01T08:00:00+08:00'))
})

test('TI5 a cycle whose start has passed fires at once and then one interval after the other from there', () => {
  const first = armed('R3/2022-01-01T10:00:00+08:00/P1D')
  expect(first).toEqual({ dueAt: MONDAY, repetitions: 2, interval: 'P1D' })
  expect(nextDue(first, MONDAY)).toEqual({ dueAt: MONDAY + DAY, repetitions: 1, interval: 'P1D' })
  expect(firstDue(cycle, 'R/2022-01-01T10:00:00+08:00/P1D/2022-02-01', MONDAY)).toBe('never')
})

test('TI6 it does not fire after its end, and is not armed when that has passed', () => {
  const first = armed('R/P1D/2026-05-20T08:00:00+08:00')
  const second = nextDue(first, first.dueAt)
  expect(second?.dueAt).toBe(MONDAY + 2 * DAY)
  expect(second && nextDue(second, second.dueAt)).toBe(null)
  expect(firstDue(cycle, 'R/P1D/2026-05-18T09:00:00+08:00', MONDAY)).toBe('never')
})

test('TI3 what is no date, duration or cycle is none', () => {
  expect(firstDue({ kind: 'date' }, 'P1D', MONDAY)).toBe(null)
  expect(firstDue({ kind: 'duration' }, '2026-05-18', MONDAY)).toBe(null)
  for (const value of ['P1D', 'R3', '0 0 8 * *', 3, null, ['R3/P1D']]) expect(firstDue(cycle, value, MONDAY)).toBe(null)
})

test('TI9 a host keeps the timers of start events: all firings of a finite cycle, none after', () => {
  const fired: number[] = []
  for (let timer: Due | null = armed('R3/PT1H'); timer; timer = nextDue(timer, timer.dueAt)) fired.push(timer.dueAt)
  expect(fired).toEqual([1, 2, 3].map((hour) => MONDAY + hour * HOUR))
})

/** How often a timer fires that is looked at late, and then on time. */
function firings(value: string, lookedAt: number): number[] {
  const fired: number[] = []
  for (let timer: Due | null = armed(value); timer && timer.dueAt <= lookedAt; timer = nextDue(timer, lookedAt))
    fired.push(timer.dueAt)
  return fired
}

test('TI10 missed firings are made up one after another', () => {
  expect(firings('R/PT1H', MONDAY + 5 * HOUR)).toHaveLength(5)
  expect(firings('0 0 * * * *', MONDAY + 5 * HOUR)).toHaveLength(5)
})

test('TI10 at most the last hundred of them, without drift', () => {
  const now = MONDAY + 10_000 * HOUR + 5
  const hourly = firings('R/PT1H', now)
  expect(hourly).toHaveLength(CATCH_UP + 1)
  expect(hourly.at(-1)).toBe(MONDAY + 10_000 * HOUR)
  expect(hourly.every((one) => (one - MONDAY) % HOUR === 0)).toBe(true)
  expect(firings('* * * * * *', now).length).toBeLessThanOrEqual(CATCH_UP + 2)
  expect(firings('R/PT1S', MONDAY + 4000 * DAY).length).toBeLessThanOrEqual(CATCH_UP + 1)
})

test('TI10 a cycle of so many times drops no more than it has left', () => {
  expect(firings('R3/PT1H', MONDAY + 9000 * HOUR)).toHaveLength(3)
  expect(firings('R500/PT1H', MONDAY + 9000 * HOUR)).toHaveLength(CATCH_UP + 1)
})

test('TI2 calendar intervals count from when it was due', () => {
  const first = armed('R/2026-01-15T08:00:00+08:00/P1M', at('2026-01-01'))
  expect(formatInstant(nextDue(first, first.dueAt + 5 * DAY)?.dueAt ?? 0)).toBe('2026-02-15T08:00:00+08:00')
})
