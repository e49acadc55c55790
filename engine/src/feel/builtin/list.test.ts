import { describe, expect, it } from 'vitest'
import { BudgetError } from '../env.ts'
import type { FeelValue } from '../value.ts'
import { at, call, fn } from './testing.ts'

const nested = (depth: number): FeelValue => {
  let list: FeelValue = []
  for (let level = 0; level < depth; level++) list = [list]
  return list
}

describe('FE11 lists: positions count from 1, or from the end', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['list contains', [[1, null], null], true],
    ['list contains', [[[1], { a: 1 }], { a: 1 }], true],
    ['list contains', [['1'], 1], false],
    ['list contains', [null, 1], null],
    ['sublist', [[1, 2, 3], 2], [2, 3]],
    ['sublist', [[1, 2, 3], -2, 1], [2]],
    ['sublist', [[1, 2, 3], 1, 9], [1, 2, 3]],
    ['sublist', [[1, 2, 3], 0], null],
    ['sublist', [[1, 2, 3], 5], null],
    ['sublist', [[1, 2, 3], 1, -1], null],
    ['append', [[1], 2, [3]], [1, 2, [3]]],
    ['append', [1, null], [1, null]],
    ['append', [null, 1], null],
    ['concatenate', [[1, 2], [[3]], 4], [1, 2, [3], 4]],
    ['concatenate', [], []],
    ['insert before', [[1, 3], 1, 2], [2, 1, 3]],
    ['insert before', [[1, 3], -1, 2], [1, 2, 3]],
    ['insert before', [[1, 3], 0, 2], null],
    ['insert before', [[1, 3], 3, 2], null],
    ['remove', [[1, 2, 3], 2], [1, 3]],
    ['remove', [[1, 2, 3], -1], [1, 2]],
    ['remove', [[1, 2, 3], 4], null],
    ['list replace', [[2, 4, 7], 3, 6], [2, 4, 6]],
    ['list replace', [[2, 4, 7], -3, null], [null, 4, 7]],
    ['list replace', [[2, 4, 7], 4, 6], null],
    ['reverse', [[1, [2, 3]]], [[2, 3], 1]],
    ['index of', [[1, 2, 3, 2], 2], [2, 4]],
    ['index of', [[1, null], null], [2]],
    ['index of', [[], 1], []],
    ['union', [[1, 2], [2, 3], 3], [1, 2, 3]],
    ['distinct values', [[1, '1', 1, null, [1], [1], null]], [1, '1', null, [1]]],
    ['duplicate values', [[1, 2, 1, { a: 1 }, { a: 1 }, 1]], [1, { a: 1 }]],
    ['flatten', [[[1, 2], [[3]], 4, []]], [1, 2, 3, 4]],
    ['flatten', [null], null],
    ['flatten', [[null]], [null]],
    ['partition', [[1, 2, 3, 4, 5], 2], [[1, 2], [3, 4], [5]]],
    ['partition', [[], 2], []],
    ['partition', [[1], 0], null],
    ['partition', [[1], 1.5], null],
    ['is empty', [[]], true],
    ['is empty', [[null]], false],
    ['is empty', [null], null],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toEqual(expected)
  })

  it('FE11 equal numbers and moments are one value', () => {
    expect(call('distinct values', [at('10:00:00+01:00'), at('09:00:00Z'), at('P1Y'), at('P12M')])).toEqual([
      '10:00:00+01:00',
      'P1Y',
    ])
    expect(call('distinct values', [at('2026-01-01T00:00:00'), at('2026-01-01T00:00:00Z')])).toHaveLength(2)
    const f = fn((a) => a)
    expect(call('count', call('distinct values', [f, fn((a) => a), f]) as FeelValue)).toBe(2)
    expect(call('union', [{ a: 1, b: [2] }], [{ b: [2], a: 1 }])).toHaveLength(1)
  })
  it('FE11 list replace() takes a function of item and new item', () => {
    expect(
      call(
        'list replace',
        [2, 4, 7, 8],
        fn((a, b) => (a as number) < (b as number)),
        5,
      ),
    ).toEqual([5, 5, 7, 8])
    expect(
      call(
        'list replace',
        [2, 4],
        fn((_a, _b) => 1),
        5,
      ),
    ).toBeNull()
  })
})

describe('FE11 sort() is stable and ends whatever it is told', () => {
  it('by a function, by nature, and back', () => {
    expect(
      call(
        'sort',
        [3, 1, 2],
        fn((a, b) => (a as number) < (b as number)),
      ),
    ).toEqual([1, 2, 3])
    expect(
      call(
        'sort',
        [3, 1, 2],
        fn((a, b) => (a as number) > (b as number)),
      ),
    ).toEqual([3, 2, 1])
    expect(call('sort', ['b', 'a'])).toEqual(['a', 'b'])
    expect(call('sort', [])).toEqual([])
    expect(call('sort', ['b', 1])).toBeNull()
  })
  it('equal items keep their order', () => {
    const items = [
      { k: 1, n: 'a' },
      { k: 0, n: 'b' },
      { k: 1, n: 'c' },
      { k: 0, n: 'd' },
    ]
    const byKey = fn((a, b) => (a as { k: number }).k < (b as { k: number }).k)
    expect((call('sort', items, byKey) as { n: string }[]).map(({ n }) => n)).toEqual(['b', 'd', 'a', 'c'])
  })
  it('an order that is none still ends; an answer that is none gives null', () => {
    expect(
      call(
        'sort',
        [1, 2, 3],
        fn((_a, _b) => true),
      ),
    ).toHaveLength(3)
    expect(
      call(
        'sort',
        [1, 2],
        fn((_a, _b) => null),
      ),
    ).toBeNull()
    expect(
      call(
        'sort',
        [1, 2],
        fn((a) => a),
      ),
    ).toBeNull()
    expect(call('sort', [1, 2], 'x')).toBeNull()
  })
})

describe('FE2 lists that run on or grow are a failure', () => {
  it.each<[string, readonly FeelValue[]]>([
    ['flatten', [Array(101).fill(Array(1000).fill(0))]],
    ['concatenate', [Array(6000).fill(0), Array(6000).fill(0)]],
    ['distinct values', [Array.from({ length: 9000 }, (_, at) => ({ at: [at, at, at] }))]],
    ['sort', [Array.from({ length: 5000 }, (_, at) => at), fn((_a, _b) => true)]],
  ])('%s', (name, args) => {
    expect(() => call(name, ...args)).toThrow(BudgetError)
  })
  it('depth alone is none', () => {
    expect(call('flatten', nested(5000))).toEqual([])
  })
})
