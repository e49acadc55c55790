import { describe, expect, it } from 'vitest'
import { FeelFailure } from '../env.ts'
import { divide } from '../number.ts'
import type { FeelValue } from '../value.ts'
import { at, call, fn, range } from './testing.ts'

describe('FE11 conversion', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['date', ['2026-02-29'], null],
    ['date', ['2026-05-18T10:00:00'], null],
    ['date', [2012, 12, 25], '2012-12-25'],
    ['date', [2024, 6, 31], null],
    ['date', [2024, 6.5, 1], null],
    ['date', [5], null],
    ['date', [at('2026-05-18T23:00:00-05:00')], '2026-05-18'],
    ['time', ['T23:59:00'], '23:59:00'],
    ['time', [14, 30, 0.5], '14:30:00.5'],
    ['time', [14, 30, 0, at('PT1H')], '14:30:00+01:00'],
    ['time', [14, 30, 0, at('-PT9H30M')], '14:30:00-09:30'],
    ['time', [14, 30, 0, at('PT19H')], null],
    ['time', [14, 30, 0, null], '14:30:00'],
    ['time', [24, 0, 0], null],
    ['time', [at('2026-05-18T10:00:00@Europe/Berlin')], '10:00:00@Europe/Berlin'],
    ['time', [at('2026-05-18')], '00:00:00Z'],
    ['date and time', ['2026-05-18'], '2026-05-18T00:00:00'],
    ['date and time', [at('2026-05-18T11:00:00Z'), at('23:59:00')], '2026-05-18T23:59:00'],
    ['date and time', [at('2026-05-18'), at('23:59:00+08:00')], '2026-05-18T23:59:00+08:00'],
    ['date and time', ['2026-05-18', at('23:59:00')], null],
    [
      'date and time',
      [at('2020-07-31T14:27:30@Europe/Berlin'), 'America/Los_Angeles'],
      '2020-07-31T05:27:30@America/Los_Angeles',
    ],
    ['date and time', [at('2020-07-31T14:27:30+02:00'), 'Z'], '2020-07-31T12:27:30Z'],
    ['date and time', [at('2020-07-31T14:27:30'), '+08:00'], '2020-07-31T14:27:30+08:00'],
    ['date and time', [at('2020-07-31T14:27:30'), 'Nowhere'], null],
    ['date and time', [2026, 5, 18, 10, 30, 0], '2026-05-18T10:30:00'],
    ['date and time', [2026, 5, 18, 10, 30, 0, 'Asia/Shanghai'], '2026-05-18T10:30:00@Asia/Shanghai'],
    ['duration', ['P1Y2D'], null],
    ['duration', ['-PT0.5S'], '-PT0.5S'],
    ['years and months duration', [at('2011-12-22'), at('2013-08-24')], 'P1Y8M'],
    ['years and months duration', [at('2013-08-24'), at('2011-12-22')], '-P1Y8M'],
    ['years and months duration', [at('2026-01-31'), at('2026-02-28')], 'P0M'],
    ['years and months duration', [at('2024-02-29'), at('2025-02-28')], 'P11M'],
    ['years and months duration', [at('2026-01-01'), at('P1Y')], null],
    ['number', ['1500.5'], 1500.5],
    ['number', ['1 500.5', ' ', '.'], 1500.5],
    ['number', ['1.500,5', '.', ','], 1500.5],
    ['number', ['1500,5', null, ','], 1500.5],
    ['number', ['1.5', null, ','], null],
    ['number', ['1,5,0', null, ','], null],
    ['number', ['1,500', ',', ','], null],
    ['number', ['1;500', ';'], null],
    ['number', ['-0.1'], -0.1],
    ['number', ['12a'], null],
    ['number', [' 1'], null],
    ['number', [''], null],
    ['number', [1], null],
    ['number', ['12345678901234567890.5'], '12345678901234567890.5'],
    ['string', [1.5], '1.5'],
    ['string', [0.1 + 0.2 - 0.2], '0.10000000000000003'],
    ['string', [1e21], '1000000000000000000000'],
    ['string', [divide(1, 3)], '0.3333333333333333333333333333333333'],
    ['string', [null], null],
    ['string', ['a"b'], 'a"b'],
    ['string', [[1, 'a', null, [true]]], '[1, "a", null, [true]]'],
    ['string', [{ a: 'foo', 'b c': { 项目: 1 } }], '{a: "foo", "b c": {项目: 1}}'],
    ['string', [at('PT90M')], 'PT1H30M'],
    ['string', [[at('2026-05-18')]], '[2026-05-18]'],
    ['string', [range('[1..5)', 1, 5)], '[1..5)'],
    ['from json', ['{"a": [1, null]}'], { a: [1, null] }],
    ['from json', ['"2023-06-14"'], '2023-06-14'],
    ['from json', ['1e999'], null],
    ['from json', ['[1e999]'], [null]],
    ['from json', ['{a: 1}'], null],
    ['from json', ['['.repeat(100_000)], null],
    ['from json', [1], null],
    ['to json', [{ a: 1, b: ['x"', null] }], '{"a":1,"b":["x\\"",null]}'],
    ['to json', [at('2025-11-24T10:00:00@Europe/Berlin')], '"2025-11-24T10:00:00+01:00[Europe/Berlin]"'],
    ['to json', [at('P3Y')], '"P3Y"'],
    ['to json', [divide(1, 3)], '0.3333333333333333333333333333333333'],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toEqual(expected)
  })

  it('functions have no text', () => {
    expect(
      call(
        'string',
        fn((a) => a),
      ),
    ).toBeNull()
    expect(call('to json', [fn((a) => a)])).toBeNull()
    expect(call('to json', range('[1..5)', 1, 5))).toBeNull()
  })
})

describe('FE11 booleans', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['not', [true], false],
    ['not', [null], null],
    ['not', ['true'], null],
    ['is defined', [null], false],
    ['is defined', [false], true],
    ['get or else', [null, 'default'], 'default'],
    ['get or else', [false, 'default'], false],
    ['get or else', [null, null], null],
    ['is', [1, 1], true],
    ['is', [1, '1'], false],
    ['is', [null, null], true],
    ['is', [at('23:00:50Z'), at('23:00:50')], false],
    ['is', [at('23:00:50Z'), at('23:00:50+00:00')], true],
    ['is', [at('10:00:00Z'), at('11:00:00+01:00')], false],
    [
      'is',
      [
        [1, { a: 1 }],
        [1, { a: 1 }],
      ],
      true,
    ],
    ['assert', [5, true], 5],
    ['fromAi', [5, 'what it is'], 5],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toBe(expected)
  })
  it('assert() ends the evaluation unless its condition is true', () => {
    expect(() => call('assert', 5, false, 'five is too many')).toThrow(new FeelFailure('five is too many'))
    expect(() => call('assert', null, null)).toThrow(FeelFailure)
  })
})
