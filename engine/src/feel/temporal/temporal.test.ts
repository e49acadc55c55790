import { describe, expect, it } from 'vitest'
import type { FeelValue } from '../value.ts'
import {
  addTemporal,
  compareTemporal,
  divideDuration,
  equalTemporal,
  isSameTemporal,
  multiplyDuration,
  ofClock,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  propertyOf,
  subtractTemporal,
  type Temporal,
  temporalText,
} from './index.ts'

const read = (text: string): Temporal => {
  const value = /^-?P/.test(text)
    ? parseDuration(text)
    : text.includes('-') && text.includes('T')
      ? parseDateTime(text)
      : /^-?\d{4,}-/.test(text)
        ? parseDate(text)
        : parseTime(text)
  if (!value) throw new Error(`${text} is no date, time or duration`)
  return value
}
const text = (value: FeelValue): string | null => (value === null ? null : (value as Temporal).text())

describe('FE5 dates, times and durations are read and written by ISO 8601', () => {
  it.each([
    ['2026-05-18'],
    ['2024-02-29'],
    ['-0044-03-15'],
    ['999999999-12-31'],
    ['10:15:30'],
    ['10:15:30.123456789'],
    ['23:59:59Z'],
    ['10:00:00+08:00'],
    ['10:00:00-05:30'],
    ['10:00:00@Europe/Berlin'],
    ['2026-05-18T10:15:30@Asia/Shanghai'],
    ['2026-05-18T10:15:30.5-03:00'],
    ['P1DT2H3M4.5S'],
    ['-PT30M'],
    ['P1Y2M'],
    ['-P3M'],
    ['PT0S'],
    ['P0M'],
  ])('%s stays itself', (source) => {
    expect(text(read(source))).toBe(source)
  })

  it.each([
    ['T10:15', '10:15:00'],
    ['10:00:00+00:00', '10:00:00Z'],
    ['10:00:00-00:00', '10:00:00Z'],
    ['10:00:00.500', '10:00:00.5'],
    ['2026-03-29T12:00:00+02:00[Europe/Berlin]', '2026-03-29T12:00:00@Europe/Berlin'],
    ['PT36H', 'P1DT12H'],
    ['PT3661S', 'PT1H1M1S'],
    ['P14M', 'P1Y2M'],
    ['-P0Y', 'P0M'],
    ['-PT0S', 'PT0S'],
  ])('%s is %s', (source, expected) => {
    expect(text(read(source))).toBe(expected)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-5-18',
    '02026-05-18',
    '-0000-01-01',
    '1000000000-01-01',
    '+2026-05-18',
    ' 2026-05-18',
    '2026-05-18Z',
  ])('%s is no date', (source) => {
    expect(parseDate(source)).toBeNull()
  })
  it.each([
    '24:00:00',
    '10:60:00',
    '10:00:60',
    '1:00:00',
    '10:00:00+19:00',
    '10:00:00@Nowhere/City',
    '10:00:00+01:00@Europe/Berlin',
    'TT10:00:00',
    '10:00:00.',
  ])('%s is no time', (source) => {
    expect(parseTime(source)).toBeNull()
  })
  it.each([
    'P',
    'PT',
    'P1DT',
    '-P',
    'P1Y2D',
    'P1.5D',
    'PT1.S',
    'P1W',
    'P-1D',
    'P99999999999999999999Y',
    `P${'9'.repeat(40)}D`,
  ])('%s is no duration', (source) => {
    expect(parseDuration(source)).toBeNull()
  })
  it.each(['2026-02-30T10:00:00', '2026-05-18TT10:00:00', '2026-05-18 10:00:00', '2026-05-18T24:00:00'])(
    '%s is no date and time',
    (source) => {
      expect(parseDateTime(source)).toBeNull()
    },
  )
})

describe('FE5 zones follow the clocks of the place as java.time does', () => {
  it.each([
    ['in a gap the time moves on', '2026-03-29T02:30:00@Europe/Berlin', '2026-03-29T03:30:00+02:00'],
    ['a gap over midnight', '2018-11-04T00:15:00@America/Sao_Paulo', '2018-11-04T01:15:00-02:00'],
    ['in an overlap it is the earlier', '2026-10-25T02:30:00@Europe/Berlin', '2026-10-25T02:30:00+02:00'],
    ['or that of the offset', '2026-10-25T02:30:00+01:00[Europe/Berlin]', '2026-10-25T02:30:00+01:00'],
    ['an offset that does not fit gives way', '2026-07-01T02:30:00+01:00[Europe/Berlin]', '2026-07-01T02:30:00+02:00'],
    ['southern summer', '2026-01-15T12:00:00@Australia/Sydney', '2026-01-15T12:00:00+11:00'],
    ['Shanghai had summer time', '1988-07-01T00:00:00@Asia/Shanghai', '1988-07-01T00:00:00+09:00'],
    ['half an hour', '2026-01-15T12:00:00@Asia/Kolkata', '2026-01-15T12:00:00+05:30'],
    ['far years', '300000-07-01T00:00:00@Europe/Berlin', '300000-07-01T00:00:00+02:00'],
  ])('%s', (_, source, expected) => {
    expect(temporalText(parseDateTime(source))).toBe(expected)
  })

  it('a time without a date has the offset outside summer time', () => {
    expect(temporalText(parseTime('10:00:00@Europe/Berlin'))).toBe('10:00:00+01:00')
    expect(temporalText(parseTime('10:00:00@Australia/Sydney'))).toBe('10:00:00+10:00')
  })
  it('the clock tells the time of Shanghai', () => {
    expect(ofClock(Date.UTC(2026, 4, 18, 17, 30, 0, 999)).text()).toBe('2026-05-19T01:30:00+08:00')
    expect(ofClock(-1).text()).toBe('1970-01-01T07:59:59+08:00')
  })
})

describe('FE5 arithmetic of dates, times and durations', () => {
  it.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2026-03-31', '-P1M', '2026-02-28'],
    ['2026-01-15', '-P1Y1M', '2024-12-15'],
    ['0001-01-01', '-P1D', '0000-12-31'],
    ['2026-01-01', 'PT25H', '2026-01-02'],
    ['2026-01-01', '-PT1S', '2025-12-31'],
    ['P1D', '2026-02-28', '2026-03-01'],
    ['23:30:00', 'PT1H', '00:30:00'],
    ['00:30:00+08:00', '-P1DT1H', '23:30:00+08:00'],
    ['2026-03-28T12:00:00@Europe/Berlin', 'P1D', '2026-03-29T13:00:00@Europe/Berlin'],
    ['2026-02-28T12:00:00@Europe/Berlin', 'P1M', '2026-03-28T12:00:00@Europe/Berlin'],
    ['2026-02-28T02:30:00@Europe/Berlin', 'P13M', '2027-03-28T03:30:00@Europe/Berlin'],
    ['2026-01-01T00:00:00', 'PT0.000000001S', '2026-01-01T00:00:00.000000001'],
    ['P1Y', 'P2M', 'P1Y2M'],
    ['PT23H', '-P1D', '-PT1H'],
    ['999999999-12-31', 'P1D', null],
    ['999999999-12-31', 'P1M', null],
    ['10:00:00', 'P1M', null],
    ['P1Y', 'P1D', null],
    ['2026-01-01', '2026-01-01', null],
  ])('%s + %s = %s', (a, b, expected) => {
    expect(text(addTemporal(read(a), read(b)))).toBe(expected)
  })

  it.each([
    ['2026-03-01', '2024-02-28', 'P732D'],
    ['2026-01-01', '2026-02-01', '-P31D'],
    ['2026-03-29T12:00:00@Europe/Berlin', '2026-03-28T12:00:00@Europe/Berlin', 'PT23H'],
    ['2026-01-01T00:00:00+08:00', '2025-12-31T16:00:00Z', 'PT0S'],
    ['2026-01-02', '2026-01-01T12:00:00', 'PT12H'],
    ['10:00:00+01:00', '10:00:00Z', '-PT1H'],
    ['10:00:00', '10:00:00Z', null],
    ['2026-01-01T00:00:00', '2026-01-01T00:00:00Z', null],
    ['999999999-12-31', '-999999999-01-01', 'P730484999633D'],
    ['2026-03-31', 'P1M', '2026-02-28'],
    ['P1Y', 'P14M', '-P2M'],
    ['P1D', '2026-01-01', null],
  ])('%s - %s = %s', (a, b, expected) => {
    expect(text(subtractTemporal(read(a), read(b)))).toBe(expected)
  })

  it('durations are multiplied and divided exactly', () => {
    expect(text(multiplyDuration(read('PT1S'), 0.1))).toBe('PT0.1S')
    expect(text(multiplyDuration(read('P1Y'), -1.5))).toBe('-P1Y6M')
    expect(text(multiplyDuration(read('P5M'), 0.5))).toBe('P2M')
    expect(text(divideDuration(read('PT1S'), 3))).toBe('PT0.333333333S')
    expect(text(divideDuration(read('P1D'), 0))).toBeNull()
    expect(divideDuration(read('P1D'), read('PT36H'))).toBeTypeOf('object')
    expect(String(divideDuration(read('P1D'), read('PT36H')))).toBe('0.6666666666666666666666666666666667')
    expect(divideDuration(read('P1Y'), read('P5M'))).toBe(2.4)
    expect(divideDuration(read('P1Y'), read('P1D'))).toBeNull()
    expect(divideDuration(read('P1Y'), read('P0M'))).toBeNull()
    expect(multiplyDuration(read('P1D'), 1e30)).toBeNull()
  })
})

describe('FE5 comparison of dates, times and durations', () => {
  it('moments whatever their zones', () => {
    expect(compareTemporal(read('2026-01-01T00:00:00+08:00'), read('2025-12-31T16:00:00Z'))).toBe(0)
    expect(compareTemporal(read('10:00:00+01:00'), read('10:00:00Z'))).toBeLessThan(0)
    expect(compareTemporal(read('P1D'), read('PT25H'))).toBeLessThan(0)
    expect(compareTemporal(read('P1Y'), read('P12M'))).toBe(0)
  })
  it('values of two kinds have no order, local ones none with others', () => {
    expect(compareTemporal(read('P1Y'), read('P365D'))).toBeNull()
    expect(compareTemporal(read('2026-01-01'), read('2026-01-01T00:00:00'))).toBeNull()
    expect(compareTemporal(read('10:00:00'), read('10:00:00Z'))).toBeNull()
    expect(equalTemporal(read('10:00:00'), read('10:00:00Z'))).toBe(false)
    expect(equalTemporal(read('P1Y'), read('P365D'))).toBeNull()
  })
  it('`is` looks at the offset too', () => {
    expect(isSameTemporal(read('23:00:50Z'), read('23:00:50+00:00'))).toBe(true)
    expect(isSameTemporal(read('2012-12-25T12:00:00Z'), read('2012-12-25T13:00:00+01:00'))).toBe(false)
  })
})

it.each<[string, string, FeelValue | undefined]>([
  ['2026-05-18', 'weekday', 1],
  ['2026-05-17', 'weekday', 7],
  ['-0001-01-01', 'year', -1],
  ['1970-01-02', 'value', 86_400],
  ['2026-05-18', 'hour', undefined],
  ['2026-05-18T10:15:30.5+08:00', 'second', 30],
  ['2026-05-18T10:15:30+08:00', 'timezone', null],
  ['2026-05-18T10:15:30@Europe/Paris', 'timezone', 'Europe/Paris'],
  ['10:00:00.25', 'value', 36_000.25],
  ['10:00:00', 'time offset', null],
  ['-P1DT90M', 'hours', -1],
  ['-P1DT90M', 'days', -1],
  ['P14M', 'years', 1],
  ['-P14M', 'months', -2],
  ['P14M', 'days', undefined],
])('FE5 %s has the property %s: %s', (source, name, expected) => {
  expect(propertyOf(read(source), name)).toBe(expected)
})
