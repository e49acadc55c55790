import { Decimal } from './decimal.ts'
import type { FeelNumber, FeelValue } from './value.ts'

export const isNumber = (value: FeelValue | undefined): value is FeelNumber =>
  typeof value === 'number' || value instanceof Decimal

/** The decimal a number means. */
export const toDecimal = (value: FeelNumber): Decimal => (typeof value === 'number' ? new Decimal(value) : value)

/** Words of seven digits that a decimal may have to be a JavaScript number, whose text has 17 digits at most. */
const MOST_WORDS = 4

/**
 * The number a decimal is, in the plainest form: a JavaScript number wherever one says the same. Null where it is no
 * number, or past the range of decimals.
 */
export function fromDecimal(value: Decimal): FeelNumber | null {
  if (!value.isFinite()) return null
  if (value.isZero()) return 0
  if (value.d.length > MOST_WORDS) return value
  const plain = value.toNumber()
  if (plain !== 0 && Number.isFinite(plain) && new Decimal(plain).eq(value)) return plain
  return value
}

const isSafe = Number.isSafeInteger

/** Sum. Whole numbers are added as such; so below for the others. */
export function add(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a === 'number' && typeof b === 'number' && isSafe(a) && isSafe(b)) {
    const sum = a + b
    if (isSafe(sum)) return sum
  }
  return fromDecimal(toDecimal(a).plus(b))
}

export function subtract(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a === 'number' && typeof b === 'number' && isSafe(a) && isSafe(b)) {
    const difference = a - b
    if (isSafe(difference)) return difference
  }
  return fromDecimal(toDecimal(a).minus(b))
}

export function multiply(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a === 'number' && typeof b === 'number' && isSafe(a) && isSafe(b)) {
    const product = a * b
    if (isSafe(product)) return product === 0 ? 0 : product
  }
  return fromDecimal(toDecimal(a).times(b))
}

/** Quotient; null for a division by zero. */
export function divide(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (b === 0) return null
  if (typeof a === 'number' && typeof b === 'number' && isSafe(a) && isSafe(b) && a % b === 0) {
    const quotient = a / b
    return quotient === 0 ? 0 : quotient
  }
  return fromDecimal(toDecimal(a).div(b))
}

/** Power, of any exponent; null where there is no (real) number, or it is past the range of decimals. */
export function power(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (a === 0 && (typeof b === 'number' ? b < 0 : b.isNegative())) return null
  return fromDecimal(toDecimal(a).pow(b))
}

export function negate(a: FeelNumber): FeelNumber {
  if (typeof a === 'number') return a === 0 ? 0 : -a
  return a.negated()
}

/** Less than, equal to or more than zero, as a is less, equal or more than b. */
export function compareNumbers(a: FeelNumber, b: FeelNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  return toDecimal(a).cmp(b)
}

/** As `string()` writes it: the shortest decimal, without an exponent as far as numbers of JSON go. */
export function numberText(value: FeelNumber): string {
  if (typeof value === 'number') {
    const text = String(value)
    return text.includes('e') ? new Decimal(value).toFixed() : text
  }
  return Math.abs(value.e) <= 400 ? value.toFixed() : value.toString()
}

/** The number a text writes (as a literal or in JSON); null where it writes none. */
export function parseNumber(text: string): FeelNumber | null {
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,9})?$/.test(text)
    ? fromDecimal(new Decimal(text).toSignificantDigits(34))
    : null
}
