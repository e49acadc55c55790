import { describe, expect, it } from 'vitest'
import type { FeelValue } from '../value.ts'
import { at, call } from './testing.ts'

describe('FE11 numbers are decimals of 34 digits', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['decimal', [2.5, 0], 2],
    ['decimal', [-3.5, 0], -4],
    ['decimal', [1.005, 2], 1],
    ['decimal', [1.115, 2], 1.12],
    ['decimal', [125, -1], 120],
    ['decimal', [2.5, 0, 'half_up'], 3],
    ['decimal', [2.5, 0, 'unnecessary'], null],
    ['decimal', [2.5, 1, 'UNNECESSARY'], 2.5],
    ['decimal', [2.5, 0, 'sideways'], null],
    ['decimal', [2.5, 0.5], null],
    ['decimal', [2.5, 7000], null],
    ['decimal', ['2.5', 0], null],
    ['floor', [-1.56, 1], -1.6],
    ['floor', [-1.5], -2],
    ['ceiling', [-1.5], -1],
    ['ceiling', [-0.5], 0],
    ['round up', [-5.5], -6],
    ['round up', [1.121, 2], 1.13],
    ['round down', [-1.126, 2], -1.12],
    ['round half up', [1.005, 2], 1.01],
    ['round half up', [-5.5, 0], -6],
    ['round half up', [1250, -2], 1300],
    ['round half down', [5.5, 0], 5],
    ['round half down', [-1.126, 2], -1.13],
    ['floor', [1.5, null], null],
    ['abs', [-0.1], 0.1],
    ['abs', ['-1'], null],
    ['modulo', [-12, 5], 3],
    ['modulo', [12, -5], -3],
    ['modulo', [-12, 3], 0],
    ['modulo', [10.1, 4.5], 1.1],
    ['modulo', [-10.1, 4.5], 3.4],
    ['modulo', [5, 0], null],
    ['modulo', [1e300, 7], 1],
    ['modulo', [-0.3, 0.1], 0],
    ['sqrt', [16], 4],
    ['sqrt', [2], '1.414213562373095048801688724209698'],
    ['sqrt', [-1], null],
    ['log', [0], null],
    ['log', [10], '2.302585092994045684017991454684364'],
    ['exp', [0], 1],
    ['exp', [1e6], null],
    ['exp', [-1e6], 0],
    ['odd', [-3], true],
    ['odd', [0], false],
    ['even', [1e21], true],
    ['even', [2.5], null],
    ['odd', ['1'], null],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toBe(expected)
  })

  it('abs() takes durations too', () => {
    expect(call('abs', at('-PT5H'))).toBe('PT5H')
    expect(call('abs', at('-P2M'))).toBe('P2M')
    expect(call('abs', at('P2M'))).toBe('P2M')
    expect(call('abs', at('2026-05-18'))).toBeNull()
  })
  it('random number() is of the evaluation, not of the machine', () => {
    const first = call('random number')
    expect(first).toBe(call('random number'))
    expect(first).toBeTypeOf('number')
  })
})

describe('FE11 aggregates of numbers are exact', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['sum', [[0.1, 0.2]], 0.3],
    ['sum', [0.1, 0.2, 0.3], 0.6],
    ['sum', [[]], null],
    ['sum', [null], null],
    ['sum', [[1, 'a']], null],
    ['sum', [[1, null]], null],
    ['sum', [5], 5],
    ['sum', [[2 ** 53, 1]], '9007199254740993'],
    ['product', [[2, 3, 4]], 24],
    ['product', [[]], null],
    ['mean', [[1, 2]], 1.5],
    ['mean', [1, 1, 2], '1.333333333333333333333333333333333'],
    ['mean', [[]], null],
    ['median', [8, 2, 5, 3, 4], 4],
    ['median', [[6, 1, 2, 3]], 2.5],
    ['median', [[]], null],
    ['stddev', [2, 4, 7, 5], '2.081665999466132735282297706979931'],
    ['stddev', [[47]], null],
    ['stddev', [[]], null],
    ['mode', [6, 3, 9, 6, 6], [6]],
    ['mode', [[6, 1, 9, 6, 1]], [1, 6]],
    ['mode', [[]], []],
    ['mode', [[1, null]], null],
    ['min', [3, 1, 2], 1],
    ['min', [['b', 'a']], 'a'],
    ['max', [[]], null],
    ['max', [[1, 'a']], null],
    ['min', [[null]], null],
    ['max', [[1, null]], null],
    ['count', [[1, null, []]], 3],
    ['count', [[]], 0],
    ['count', [null], null],
    ['count', ['a'], 1],
    ['all', [[true, null]], null],
    ['all', [true, null, false], false],
    ['all', [[]], true],
    ['all', [[true, 1]], null],
    ['all', [null], null],
    ['any', [[null, true]], true],
    ['any', [false, null], null],
    ['any', [[]], false],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toEqual(expected)
  })

  it('min() and max() take whatever has an order', () => {
    expect(call('max', [at('2026-05-18'), at('2026-05-19')])).toBe('2026-05-19')
    expect(call('min', at('P1Y'), at('P11M'))).toBe('P11M')
    expect(call('min', at('P1Y'), at('P1D'))).toBeNull()
  })
})
