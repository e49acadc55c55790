import { expect, it } from 'vitest'
import type { FeelValue } from '../value.ts'
import { call } from './testing.ts'

it.each<[string, FeelValue[], unknown]>([
  ['get value', [{ foo: 123 }, 'foo'], 123],
  ['get value', [{ a: 1 }, 'b'], null],
  ['get value', [{ a: 1 }, 'toString'], null],
  ['get value', [{ x: 1, y: { z: 0 } }, ['y', 'z']], 0],
  ['get value', [{ a: { b: 3 } }, ['b']], null],
  ['get value', [{ a: { b: 3 } }, ['a', 'b', 'c']], null],
  ['get value', [{ a: 1 }, []], null],
  ['get value', [{ a: 1 }, ['a', 1]], null],
  ['get value', [[{ a: 1 }], 'a'], null],
  [
    'get entries',
    [{ foo: 123, 甲: null }],
    [
      { key: 'foo', value: 123 },
      { key: '甲', value: null },
    ],
  ],
  ['get entries', [{}], []],
  ['get entries', [[]], null],
  ['context put', [{ x: 1 }, 'y', 2], { x: 1, y: 2 }],
  ['context put', [{ x: 1 }, 'x', null], { x: null }],
  ['context put', [{ x: 1 }, ['y', 'z'], 2], { x: 1, y: { z: 2 } }],
  ['context put', [{ x: 1, y: { z: 0, w: 1 } }, ['y', 'z'], 2], { x: 1, y: { z: 2, w: 1 } }],
  ['context put', [{ x: 1 }, ['x', 'z'], 2], null],
  ['context put', [{ x: 1 }, [], 2], null],
  ['context put', [null, 'x', 2], null],
  ['context merge', [[{ x: 1, y: 0 }, { y: 2 }]], { x: 1, y: 2 }],
  ['context merge', [{ x: 1 }, { y: 2 }], { x: 1, y: 2 }],
  ['context merge', [[]], {}],
  ['context merge', [[{ x: 1 }, 1]], null],
  ['context merge', [null], null],
  [
    'context',
    [
      [
        { key: 'a', value: 1 },
        { key: 'a', value: 2 },
      ],
    ],
    { a: 2 },
  ],
  ['context', [{ key: 'a', value: null }], { a: null }],
  ['context', [[{ key: 'a' }]], null],
  ['context', [[{ key: 1, value: 1 }]], null],
])('FE11 %s(%j) is %j', (name, args, expected) => {
  expect(call(name, ...args)).toEqual(expected)
})

it('FE11 names are data: `__proto__` is an entry like any', () => {
  const put = call('context put', {}, '__proto__', 1) as object
  expect(Object.keys(put)).toEqual(['__proto__'])
  expect(call('get value', JSON.parse('{"__proto__": 5}') as FeelValue, '__proto__')).toBe(5)
  expect(call('get value', {}, '__proto__')).toBeNull()
})

it('FE11 context put() leaves the context it is given', () => {
  const given = { x: { y: 1 } }
  call('context put', given, ['x', 'y'], 2)
  expect(given).toEqual({ x: { y: 1 } })
})
