import type { Decimal as Library } from 'decimal.js'
import { Decimal } from '../decimal.ts'
import type { Env } from '../env.ts'
import { compareNumbers, fromDecimal, isNumber, negate, toDecimal } from '../number.ts'
import { DaysDuration, MonthsDuration, negateDuration } from '../temporal/index.ts'
import type { FeelNumber, FeelValue } from '../value.ts'
import { type Arguments, type Builtin, exactWholeOf, type Family, isText, scalar } from './builtin.ts'

type Rounding = Library.Rounding

/** Units of work of a logarithm or a power of e in 34 digits, of a root, of a division. */
const SERIES = 3_000
const ROOT = 200
const DIVISION = 80
/** Scales a number can be rounded to (DMN 1.5 §10.3.4.6). */
const LEAST_SCALE = -6111
const MOST_SCALE = 6176

const MODES: ReadonlyMap<string, Rounding> = new Map([
  ['UP', Decimal.ROUND_UP],
  ['DOWN', Decimal.ROUND_DOWN],
  ['CEILING', Decimal.ROUND_CEIL],
  ['FLOOR', Decimal.ROUND_FLOOR],
  ['HALF_UP', Decimal.ROUND_HALF_UP],
  ['HALF_DOWN', Decimal.ROUND_HALF_DOWN],
  ['HALF_EVEN', Decimal.ROUND_HALF_EVEN],
])

/** `n` with `scale` digits behind the point (before it when negative); null for a scale there is not. */
function rounded(n: FeelNumber, scale: number, mode: Rounding): FeelNumber | null {
  if (scale < LEAST_SCALE || scale > MOST_SCALE) return null
  if (typeof n === 'number' && scale >= 0 && Number.isSafeInteger(n)) return n
  const value = toDecimal(n)
  if (scale >= 0) return fromDecimal(value.toDecimalPlaces(scale, mode))
  const unit = new Decimal(`1e${-scale}`)
  return fromDecimal(value.div(unit).toDecimalPlaces(0, mode).times(unit))
}

/** A rounding function; the scale is 0 where it is left out (Camunda). */
const rounding = (name: string, mode: Rounding): readonly [string, Builtin] =>
  scalar(name, 'n, scale', ([n, scale]) => {
    const digits = scale === undefined ? 0 : exactWholeOf(scale)
    return isNumber(n) && digits !== null ? rounded(n, digits, mode) : null
  })

function decimal([n, scale, mode]: Arguments): FeelValue {
  const digits = exactWholeOf(scale)
  if (!isNumber(n) || digits === null) return null
  if (mode === undefined) return rounded(n, digits, Decimal.ROUND_HALF_EVEN)
  if (!isText(mode)) return null
  const name = mode.toUpperCase()
  const exact = rounded(n, digits, Decimal.ROUND_DOWN)
  if (name === 'UNNECESSARY') return exact !== null && compareNumbers(exact, n) === 0 ? exact : null
  const known = MODES.get(name)
  return known === undefined ? null : rounded(n, digits, known)
}

function abs(value: FeelValue | undefined): FeelValue {
  if (isNumber(value)) return compareNumbers(value, 0) < 0 ? negate(value) : value
  if (value instanceof DaysDuration) return value.nanos < 0n ? negateDuration(value) : value
  if (value instanceof MonthsDuration) return value.months < 0 ? negateDuration(value) : value
  return null
}

/** The rest of a division towards minus infinity, so that it has the sign of the divisor (DMN 1.5 §10.3.4.6). */
function modulo(dividend: FeelNumber, divisor: FeelNumber, env: Env): FeelNumber | null {
  if (typeof dividend === 'number' && typeof divisor === 'number') {
    if (divisor === 0) return null
    if (Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor)) {
      const rest = dividend % divisor
      return (rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest) + 0
    }
  }
  const [a, b] = [toDecimal(dividend), toDecimal(divisor)]
  // Long division, exact however far both are apart.
  env.work(DIVISION + (Math.abs(a.e - b.e) >> 1))
  const rest = a.mod(b)
  return fromDecimal(!rest.isZero() && rest.isNegative() !== b.isNegative() ? rest.plus(b) : rest)
}

/** Whether a whole number is odd; null for one that is not whole. */
function isOdd(n: FeelValue | undefined): boolean | null {
  if (typeof n === 'number' && Number.isSafeInteger(n)) return n % 2 !== 0
  if (!isNumber(n)) return null
  const value = toDecimal(n)
  return value.isInteger() ? !value.mod(2).isZero() : null
}

function transcendental(
  name: string,
  cost: number,
  allowed: (n: Decimal) => boolean,
  compute: (n: Decimal) => Decimal,
): readonly [string, Builtin] {
  return scalar(name, 'number', ([n], env) => {
    if (!isNumber(n)) return null
    const value = toDecimal(n)
    if (!allowed(value)) return null
    env.work(cost)
    return fromDecimal(compute(value))
  })
}

/** Powers of e beyond these are past the range of decimals. */
const MOST_EXPONENT = 14_200

function exp(n: Decimal): Decimal {
  if (n.lt(-MOST_EXPONENT)) return new Decimal(0)
  return n.exp()
}

/** DMN 1.5 §10.3.4.6, and those Camunda adds. */
export const numericFunctions: Family = [
  scalar('decimal', 'n, scale, mode', decimal),
  rounding('floor', Decimal.ROUND_FLOOR),
  rounding('ceiling', Decimal.ROUND_CEIL),
  rounding('round up', Decimal.ROUND_UP),
  rounding('round down', Decimal.ROUND_DOWN),
  rounding('round half up', Decimal.ROUND_HALF_UP),
  rounding('round half down', Decimal.ROUND_HALF_DOWN),
  rounding('round half even', Decimal.ROUND_HALF_EVEN),
  scalar('abs', ['n', 'number'], ([n]) => abs(n)),
  scalar('modulo', 'dividend, divisor', ([a, b], env) => (isNumber(a) && isNumber(b) ? modulo(a, b, env) : null)),
  transcendental(
    'sqrt',
    ROOT,
    (n) => !n.isNegative() || n.isZero(),
    (n) => n.sqrt(),
  ),
  transcendental(
    'log',
    SERIES,
    (n) => n.gt(0),
    (n) => n.ln(),
  ),
  transcendental('exp', SERIES, (n) => n.lt(MOST_EXPONENT), exp),
  scalar('odd', 'number', ([n]) => isOdd(n)),
  scalar('even', 'number', ([n]) => {
    const odd = isOdd(n)
    return odd === null ? null : !odd
  }),
  scalar('random number', '', (_, env) => env.random()),
]
