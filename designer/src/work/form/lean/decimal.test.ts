import { readFileSync } from 'node:fs'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leanDecimal } from '../../../../vite/lean-decimal.ts'

const settings = { precision: 34, rounding: Decimal.ROUND_HALF_EVEN, maxE: 6144, minE: -6176, defaults: true }

it('FE9 the decimals of phones count as those of the server', async () => {
  const code = leanDecimal(readFileSync(new URL(import.meta.resolve('decimal.js')), 'utf8'))
  const lean = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { Decimal: typeof Decimal }
  const [Lean, Full] = [lean.Decimal.clone(settings), Decimal.clone(settings)]
  const operations: ((number: typeof Decimal, a: string, b: string) => Decimal)[] = [
    (N, a, b) => new N(a).plus(b),
    (N, a, b) => new N(a).minus(b),
    (N, a, b) => new N(a).times(b),
    (N, a, b) => new N(a).div(b),
    (N, a, b) => new N(a).mod(b),
    (N, a) => new N(a).abs().sqrt(),
    (N, a) => new N(a).abs().ln(),
    (N, a) => new N(a).div(1e6).exp(),
    (N, a) => new N(a).abs().pow(new N('0.37')),
    (N, a) => new N(a).pow(7).toSignificantDigits(20),
    (N, a) => new N(a).toDecimalPlaces(2, N.ROUND_HALF_UP),
  ]
  const text = fc.tuple(fc.integer(), fc.nat(999_999)).map(([whole, part]) => `${whole}.${part}`)
  fc.assert(
    fc.property(text, text, (a, b) => {
      for (const operate of operations) expect(operate(Lean, a, b).toString()).toBe(operate(Full, a, b).toString())
    }),
    { numRuns: 60 },
  )
})

it('FE9 a decimal.js that is written otherwise fails the build', () => {
  expect(() => leanDecimal('export class Decimal {}')).toThrow('decimal.js no longer has "clamp"')
})
