import { describe, expect, it } from 'vitest'
import { FeelFailure } from '../env.ts'
import type { FeelValue } from '../value.ts'
import { at, call, range } from './testing.ts'

const calendar: FeelValue = {
  'covered until': '2026-12-31',
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workdays: ['2026-09-27', '2026-10-10'],
}

describe('FE11 the calendar', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['now', [], '2026-05-19T01:30:00+08:00'],
    ['today', [], '2026-05-19'],
    ['day of year', [at('2024-12-31')], 366],
    ['day of year', [at('2019-09-17T12:00:00')], 260],
    ['day of week', [at('2019-09-17')], 'Tuesday'],
    ['day of week', [at('0000-01-01')], 'Saturday'],
    ['month of year', [at('2019-09-17')], 'September'],
    ['week of year', [at('2005-01-01')], 53],
    ['week of year', [at('2008-12-29')], 1],
    ['week of year', [at('2021-01-03')], 53],
    ['week of year', [at('2026-12-31')], 53],
    ['last day of month', [at('2024-02-01')], '2024-02-29'],
    ['last day of month', [at('1900-02-01T10:00:00Z')], '1900-02-28'],
    ['day of week', ['2019-09-17'], null],
    ['day of year', [null], null],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toBe(expected)
  })
})

describe('FE12 working days', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['add working days', [at('2026-09-24'), 2, calendar], '2026-09-27'],
    ['add working days', [at('2026-09-30'), 1, calendar], '2026-10-08'],
    ['add working days', [at('2026-10-08'), 2, calendar], '2026-10-10'],
    ['add working days', [at('2026-10-08'), 3, calendar], '2026-10-12'],
    ['add working days', [at('2026-10-08'), -1, calendar], '2026-09-30'],
    ['add working days', [at('2026-10-03'), 0, calendar], '2026-10-03'],
    ['add working days', [at('2026-09-30T16:00:00+08:00'), 1, calendar], '2026-10-08T16:00:00+08:00'],
    ['add working days', [at('2026-09-30'), 1.5, calendar], null],
    ['add working days', ['2026-09-30', 1, calendar], null],
    ['add working days', [at('2026-09-30'), 1, { holidays: [] }], null],
    ['add working days', [at('2026-09-30'), 1, { 'covered until': '2026-12-31', holidays: ['soon'] }], null],
    ['working days between', [at('2026-09-24'), at('2026-10-10'), calendar], 8],
    ['working days between', [at('2026-10-10'), at('2026-09-24'), calendar], -8],
    ['working days between', [at('2026-10-03'), at('2026-10-03'), calendar], 0],
    ['is working day', [at('2026-10-10'), calendar], true],
    ['is working day', [at('2026-10-11'), calendar], false],
    ['is working day', [at('2026-10-01'), calendar], false],
    ['is working day', [at('2026-12-31T23:59:59'), calendar], true],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toBe(expected)
  })

  it('between is the inverse of add, also backwards', () => {
    for (const count of [-20, -7, -1, 1, 5, 13, 40]) {
      const to = call('add working days', at('2026-09-23'), count, calendar) as string
      expect(call('working days between', at('2026-09-23'), at(to), calendar)).toBe(count)
    }
  })
  it('days the calendar does not cover are a failure, never a guess', () => {
    expect(() => call('add working days', at('2026-12-30'), 2, calendar)).toThrow(
      new FeelFailure('the calendar does not cover 2027-01-01'),
    )
    expect(() => call('working days between', at('2026-12-01'), at('2027-06-01'), calendar)).toThrow(FeelFailure)
    const late = { ...calendar, 'covered from': '2026-09-01' }
    expect(() => call('is working day', at('2026-08-31'), late)).toThrow(FeelFailure)
    expect(call('is working day', at('2026-09-01'), late)).toBe(true)
  })
})

it('FE12 roles are looked up in an organisation', () => {
  const organisation: FeelValue = [
    { person: 'liu', role: '科长', unit: '建设科' },
    { person: 'wang', role: '科长', unit: '财务科' },
    { person: 'zhao', role: '科员', unit: '建设科' },
    { person: 'zhao', role: '科员', unit: '建设科' },
  ]
  expect(call('holders of', '科长', '建设科', organisation)).toEqual(['liu'])
  expect(call('holders of', '科员', '建设科', organisation)).toEqual(['zhao'])
  expect(call('holders of', '处长', '建设科', organisation)).toEqual([])
  expect(call('holders of', '科长', null, organisation)).toBeNull()
  expect(call('holders of', '科长', '建设科', [1])).toBeNull()
  expect(call('has role', 'wang', '科长', '建设科', organisation)).toBe(false)
  expect(call('has role', 'wang', '科长', '财务科', organisation)).toBe(true)
  expect(call('has role', null, '科长', '财务科', organisation)).toBeNull()
})

describe('FE11 ranges', () => {
  const r = (text: string): FeelValue => {
    const [start, end] = text.slice(1, -1).split('..')
    return range(text, start === '' ? null : Number(start), end === '' ? null : Number(end))
  }
  const value = (given: string | number): FeelValue => (typeof given === 'number' ? given : r(given))

  it.each<[string, string | number, string | number, boolean | null]>([
    ['before', 1, 10, true],
    ['before', 10, 10, false],
    ['before', '[1..10)', 10, true],
    ['before', '[1..10]', 10, false],
    ['before', 1, '(1..10]', true],
    ['before', '[1..5)', '[5..10]', true],
    ['before', '[1..5]', '[5..10]', false],
    ['before', '(..5)', '[5..)', true],
    ['after', '[5..10]', '[1..5)', true],
    ['after', 12, '[2..5]', true],
    ['after', '[2..)', '(..1]', true],
    ['meets', '[1..5]', '[5..10]', true],
    ['meets', '[1..5]', '(5..8]', false],
    ['meets', '[1..)', '(..8]', false],
    ['met by', '[5..10]', '[1..5)', false],
    ['overlaps', '[1..3]', '(3..6]', false],
    ['overlaps', '[1..5]', '[2..3]', true],
    ['overlaps', '(..5]', '[5..)', true],
    ['overlaps before', '[1..5)', '(3..8]', true],
    ['overlaps before', '[1..3]', '(3..5]', false],
    ['overlaps before', '[1..5]', '(1..5)', false],
    ['overlaps before', '[1..5)', '(1..5]', true],
    ['overlaps after', '[4..10]', '[1..5)', true],
    ['overlaps after', '[3..5]', '[1..3)', false],
    ['finishes', 5, '[1..5]', true],
    ['finishes', 5, '[1..5)', false],
    ['finishes', '(1..5]', '[1..5)', false],
    ['finished by', '[5..10]', 10, true],
    ['finished by', '[1..5]', '[3..5]', true],
    ['includes', '[1..10)', 10, false],
    ['includes', '(..10]', 10, true],
    ['includes', '[1..10]', '[1..5)', true],
    ['includes', '(1..10]', '[1..5)', false],
    ['during', 1, '(1..10]', false],
    ['during', '(1..5]', '(1..10]', true],
    ['starts', 1, '[1..5]', true],
    ['starts', 1, '(1..8]', false],
    ['starts', '(1..5]', '[1..5]', false],
    ['started by', '[1..10]', '[1..10)', true],
    ['coincides', 5, 5, true],
    ['coincides', '[1..5]', '(1..5]', false],
    ['meets', 1, '[1..5]', null],
    ['includes', 1, '[1..5]', null],
  ])('%s(%s, %s) is %s', (name, a, b, expected) => {
    expect(call(name, value(a), value(b))).toBe(expected)
  })

  it('of dates, and null where there is no order', () => {
    const week = range('[]', at('2026-05-18'), at('2026-05-24'))
    expect(call('includes', week, at('2026-05-24'))).toBe(true)
    expect(call('includes', week, 5)).toBeNull()
    expect(call('before', null, 5)).toBeNull()
    expect(call('before', [1], 5)).toBeNull()
  })

  it.each<[string, FeelValue, FeelValue]>([
    ['[18..21)', 18, 21],
    [' ( 1.5 .. 2 ] ', 1.5, 2],
    ['["a".."c"]', 'a', 'c'],
    ['(..5]', null, 5],
    [']1..2[', 1, 2],
  ])('range("%s")', (text, start, end) => {
    expect(call('range', text)).toMatchObject({ start, end })
  })
  it('range() of dates', () => {
    expect(call('range', '[@"2026-01-01"..date("2026-02-01"))')).toMatchObject({
      startIncluded: true,
      endIncluded: false,
    })
    expect(call('range', '[duration("P1D")..@"P2D"]')).not.toBeNull()
  })
  it.each(['[5..1]', '[1.."a"]', '[..5]', '(..)', '1..5', '[a..b]', '[1..5', '[@"2026-02-30"..@"2026-03-01"]', ''])(
    'range("%s") is null',
    (text) => {
      expect(call('range', text)).toBeNull()
    },
  )
})
