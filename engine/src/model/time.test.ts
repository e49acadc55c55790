import { expect, test } from 'vitest'
import { addDuration, endOfDays, formatInstant, parseCycle, parseDuration, parseInstant } from './time.ts'

const at = (text: string) => parseInstant(text) ?? Number.NaN
const after = (start: string, duration: string) => formatInstant(addDuration(at(start), parseDuration(duration)!))

test('TI1 durations are calendar time in Asia/Shanghai, months end on their last day', () => {
  expect(after('2026-01-31T09:00:00+08:00', 'P1M')).toBe('2026-02-28T09:00:00+08:00')
  expect(after('2024-02-29T23:30:00+08:00', 'P1Y')).toBe('2025-02-28T23:30:00+08:00')
  expect(after('2026-12-31T00:10:00+08:00', 'P1M1DT1H')).toBe('2027-02-01T01:10:00+08:00')
  expect(after('2026-05-18T08:00:00+08:00', 'P2W')).toBe('2026-06-01T08:00:00+08:00')
  expect(after('2026-03-31T08:00:00+08:00', '-P1M')).toBe('2026-02-28T08:00:00+08:00')
  expect(after('2026-05-18T08:00:00+08:00', 'PT0.25S')).toBe('2026-05-18T08:00:00.250+08:00')
})

test('TI1 what is no duration is refused', () => {
  for (const text of ['', 'P', 'PT', 'P1', '1D', 'P1H', 'P1DT', 'PT1D', 'P-1D', 'P1.5D', 'P999999999D'])
    expect(parseDuration(text), text).toBe(null)
})

test('TI1 instants: with an offset, without one in Shanghai, a date alone is its first instant there', () => {
  expect(at('2026-05-18T08:00:00+08:00')).toBe(Date.UTC(2026, 4, 18))
  expect(at('2026-05-18T00:00:00Z')).toBe(Date.UTC(2026, 4, 18))
  expect(at('2026-05-18T08:00')).toBe(Date.UTC(2026, 4, 18))
  expect(at('2026-05-18')).toBe(Date.UTC(2026, 4, 17, 16))
  expect(at('2026-05-18T08:00:00@Asia/Shanghai')).toBe(Date.UTC(2026, 4, 18))
  expect(at('2026-05-17T24:00:00+08:00')).toBe(at('2026-05-18'))
  for (const text of [
    '',
    'tomorrow',
    '2026-02-30',
    '2026-13-01',
    '2026-05-18T25:00',
    '2026-05-18T24:01',
    '2026-05-18T08:00@Europe/Berlin',
    '2026-05-18T08:00:00+25:00',
    '2026-05-18T08:00:00+08:75',
    '0050-01-01',
    '2026-05-18T23:59:60Z',
    ' 2026-05-18',
  ])
    expect(parseInstant(text), text).toBe(null)
})

test('TI2 TI6 cycles: how often, from when, which interval, until when', () => {
  expect(parseCycle('R3/PT1H')).toEqual({ times: 3, start: null, interval: 'PT1H', end: null })
  expect(parseCycle('R/P1D')).toEqual({ times: -1, start: null, interval: 'P1D', end: null })
  expect(parseCycle('R2/2026-06-01T08:00:00+08:00/P1D')).toMatchObject({ times: 2, start: Date.UTC(2026, 5, 1) })
  expect(parseCycle('R/P1D/2026-06-30')).toMatchObject({ times: -1, start: null, end: at('2026-06-30') })
  expect(parseCycle('R/2026-06-01/P1D/2026-06-30')).toMatchObject({ start: at('2026-06-01'), end: at('2026-06-30') })
  for (const text of [
    'R0/P1D',
    'R3',
    'R3/PT0S',
    'R3/-P1D',
    '3/P1D',
    'R3/never/P1D',
    'R3/P1D/never',
    'R3/P1D/P1D',
    '0 0 9 * * *',
    'R/PT0.5S',
    `R${'9'.repeat(400)}/P1D`,
  ])
    expect(parseCycle(text), text).toBe(null)
})

test('days of a notice do not count the day of posting and end at 24:00', () => {
  expect(formatInstant(endOfDays(at('2026-05-18T09:30:00+08:00'), 7))).toBe('2026-05-26T00:00:00+08:00')
  expect(formatInstant(endOfDays(at('2026-05-18T00:00:00+08:00'), 7))).toBe('2026-05-26T00:00:00+08:00')
})
