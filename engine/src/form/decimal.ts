/** A decimal as an integer and how many of its digits stand after the point. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

const DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/

/** Reads a plain decimal, `-12.50`; null for anything else, exponents too. */
export function parseDecimal(value: string | number): Decimal | null {
  const match = DECIMAL.exec(String(value))
  if (!match) return null
  const fraction = match[3] ?? ''
  return { digits: BigInt(`${match[1]}${match[2]}${fraction}`), scale: fraction.length }
}

/** Negative when a < b, 0 when equal, positive when a > b. Exact: no doubles on the way. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const left = a.digits * 10n ** BigInt(scale - a.scale)
  const right = b.digits * 10n ** BigInt(scale - b.scale)
  return left < right ? -1 : left > right ? 1 : 0
}
