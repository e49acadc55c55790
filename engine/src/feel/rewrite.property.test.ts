import fc from 'fast-check'
import { evaluate as interpret } from 'feelin'
import { expect, it } from 'vitest'
import type { Json } from '../record/json.ts'
import { compileExpression, compileUnaryTests, contextOf, evaluate } from './index.ts'
import { toJson } from './json.ts'

const variables: { [name: string]: Json } = {
  a: 3,
  b: -1.5,
  text: '村规民约',
  yes: true,
  list: [{ n: 1 }, { n: 5 }, { n: 3 }],
  numbers: [4, 2, 9],
  nested: { x: { y: 7 }, empty: null },
}

/** Random expressions that the language accepts: values, loops, filters, choices, calls. */
const { expression } = fc.letrec<{ expression: string; number: string; bool: string; list: string; leaf: string }>(
  (tie) => ({
    leaf: fc.constantFrom(
      'a',
      'b',
      '1',
      '2.5',
      'nested.x.y',
      'nested.empty',
      'missing',
      'null',
      '"x"',
      'text',
      'yes',
      'date("2026-05-18")',
      'duration("P3D")',
    ),
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('a', 'b', '3', 'nested.x.y', 'missing'),
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/'), tie('number'))
        .map(([l, op, r]) => `(${l} ${op} ${r})`),
      tie('list').map((list) => `count(${list})`),
      fc.tuple(tie('bool'), tie('number'), tie('number')).map(([c, t, e]) => `(if ${c} then ${t} else ${e})`),
    ),
    bool: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('yes', 'true', 'false', 'missing = null'),
      fc
        .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('number'))
        .map(([l, op, r]) => `(${l} ${op} ${r})`),
      fc.tuple(tie('bool'), fc.constantFrom('and', 'or'), tie('bool')).map(([l, op, r]) => `(${l} ${op} ${r})`),
      fc
        .tuple(fc.constantFrom('some', 'every'), tie('list'), tie('number'))
        .map(([q, list, n]) => `(${q} q in ${list} satisfies q > ${n})`),
      tie('bool').map((bool) => `not(${bool})`),
      fc
        .tuple(tie('list'), fc.constantFrom('=', '!=', 'in'), tie('list'))
        .map(([l, op, r]) => `(${l} ${op} ${op === 'in' ? `(${r})` : r})`),
      fc.tuple(tie('number'), tie('list')).map(([n, list]) => `(${n} in ${list})`),
      fc.tuple(tie('number'), tie('list')).map(([n, list]) => `list contains(${list}, ${n})`),
      fc.tuple(tie('number'), tie('number'), tie('number')).map(([x, l, h]) => `(${x} between ${l} and ${h})`),
    ),
    list: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('numbers', 'list.n', '[]', '[a, b]'),
      fc.tuple(tie('list'), tie('number')).map(([list, n]) => `${list}[item > ${n}]`),
      fc.tuple(tie('list'), tie('number')).map(([list, n]) => `(for i in ${list} return i + ${n})`),
      fc.tuple(tie('list'), tie('list')).map(([l, r]) => `concatenate(${l}, ${r})`),
      tie('number').map((n) => `list[n >= ${n}].n`),
      tie('number').map((n) => `(for i in 1..4 return i * ${n})`),
      tie('list').map((list) => `sort(${list}, function(x, y) x < y)`),
      tie('list').map((list) => `distinct values(${list})`),
      fc.tuple(tie('list'), tie('list')).map(([l, r]) => `union(${l}, ${r})`),
    ),
    expression: fc.oneof(
      tie('number'),
      tie('bool'),
      tie('list'),
      tie('leaf'),
      fc.tuple(tie('leaf'), fc.constantFrom('+', '-', '=', '<'), tie('leaf')).map(([l, op, r]) => `${l} ${op} ${r}`),
      fc.tuple(tie('number'), tie('list')).map(([n, list]) => `{one: ${n}, two: one, three: ${list}}`),
      fc.tuple(tie('list'), fc.integer({ min: -4, max: 4 })).map(([list, n]) => `(${list})[${n}]`),
    ),
  }),
)

/** What the interpreter alone makes of it, in the same JSON. It throws where it cannot compare (`a < true`). */
function plainly(source: string, more: { [name: string]: Json } = {}): Json | 'no value' {
  try {
    return toJson(interpret(source, { ...variables, ...more }, 'camunda').value)
  } catch {
    return 'no value'
  }
}

it('an expression led through the budget means what it meant', () => {
  let read = 0
  let unread = 0
  fc.assert(
    fc.property(expression, (source) => {
      const compiled = compileExpression(source)
      // The grammar is ambiguous between lists and open intervals, and its parser gives up on some long mixtures.
      if ('error' in compiled) {
        unread += 1
        return
      }
      read += 1
      const result = evaluate(compiled.expression, contextOf(variables), 0)
      expect(result.ok ? result.value : 'no value').toEqual(plainly(source))
    }),
    { numRuns: 120 },
  )
  expect(unread).toBeLessThan(read / 20)
}, 60_000)

it('unary tests agree with comparisons written out', () => {
  const cell = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constant(null))
  const bound = fc.integer({ min: -2, max: 8 })
  const test = fc.oneof(
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([op, n]) => [`${op} ${n}`, `v ${op} ${n}`] as const),
    bound.map((n) => [`${n}`, `v = ${n}`] as const),
    fc
      .tuple(bound, bound)
      .map(
        ([l, h]) =>
          [`[${Math.min(l, h)}..${Math.max(l, h)}]`, `v >= ${Math.min(l, h)} and v <= ${Math.max(l, h)}`] as const,
      ),
    fc.constant(['null', 'v = null'] as const),
    bound.map((n) => [`? * 2 > ${n}`, `v * 2 > ${n}`] as const),
  )
  fc.assert(
    fc.property(fc.array(test, { minLength: 1, maxLength: 3 }), fc.boolean(), cell, (tests, negated, value) => {
      const any = tests.map(([unary]) => unary).join(', ')
      const compiled = compileUnaryTests(negated ? `not(${any})` : any)
      if ('error' in compiled) throw new Error(`${any}: ${compiled.error}`)
      const result = evaluate(compiled.expression, { get: (name) => (name === '?' ? value : undefined) }, 0)
      const expected = tests.some(([, written]) => plainly(written, { v: value }) === true)
      expect(result).toMatchObject({ ok: true, value: negated ? !expected : expected })
    }),
    { numRuns: 100 },
  )
}, 60_000)
