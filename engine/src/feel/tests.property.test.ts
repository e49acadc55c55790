import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '../record/json.ts'
import { compileExpression, compileUnaryTests, evaluate } from './index.ts'

const bound = fc.integer({ min: -2, max: 8 })
/** A test and the same written out over `v`. */
const test = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), bound).map(([op, n]) => [`${op} ${n}`, `v ${op} ${n}`] as const),
  bound.map((n) => [`${n}`, `v = ${n}`] as const),
  fc
    .tuple(bound, bound)
    .map(([l, h]) => [`[${l}..${h}]`, `if v = null then null else v >= ${l} and v <= ${h}`] as const),
  fc.constant(['null', 'v = null'] as const),
  bound.map((n) => [`? * 2 > ${n}`, `v * 2 > ${n}`] as const),
)

function resultOf(compiled: ReturnType<typeof compileExpression>, name: string, value: Json): Json {
  if ('error' in compiled) throw new Error(compiled.error)
  const result = evaluate(compiled.expression, { get: (read) => (read === name ? value : undefined) }, 0)
  if (!result.ok) throw new Error(result.message)
  return result.value
}

it('FE8 unary tests agree with comparisons written out and joined by or', () => {
  const cell = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constant(null), fc.constant('text'))
  fc.assert(
    fc.property(fc.array(test, { minLength: 1, maxLength: 3 }), fc.boolean(), cell, (tests, negated, value) => {
      const any = tests.map(([unary]) => unary).join(', ')
      const written = tests.map(([, one]) => `(${one})`).join(' or ')
      const given = resultOf(compileUnaryTests(negated ? `not(${any})` : any), '?', value)
      expect(given).toEqual(resultOf(compileExpression(negated ? `not(${written})` : written), 'v', value))
    }),
    { numRuns: 200 },
  )
})

it('FE5 sums and products of decimals are exact: what JavaScript rounds, FEEL does not', () => {
  const hundredths = fc.integer({ min: -99_999, max: 99_999 })
  fc.assert(
    fc.property(hundredths, hundredths, (a, b) => {
      const names = { a: a / 100, b: b / 100 }
      const compiled = compileExpression('[a + b, a - b, a * b, (a + b) - b = a]')
      if ('error' in compiled) throw new Error(compiled.error)
      const result = evaluate(compiled.expression, { get: (name) => names[name as 'a' | 'b'] }, 0)
      const exact = [(a + b) / 100, (a - b) / 100, (a * b) / 10_000, true].map((n) => (n === 0 ? 0 : n))
      expect(result).toMatchObject({ ok: true, value: exact })
    }),
    { numRuns: 200 },
  )
})
