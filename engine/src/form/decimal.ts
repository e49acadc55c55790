/** A decimal as an integer and how many of its digits stand after the point. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

const DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:e([+-]?\d{1,3}))?$/

/** Reads a decimal, `-12.50` or as a number is written when it is very large or small, `1e-7`; null for anything else. */
export function parseDecimal(value: string | number): Decimal | null {
  const match = DECIMAL.exec(String(value))
  if (!match) return null
  const fraction = match[3] ?? ''
  const digits = BigInt(`${match[1]}${match[2]}${fraction}`)
  const scale = fraction.length - Number(match[4] ?? 0)
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale }
}

/** Negative when a < b, 0 when equal, positive when a > b. Exact: no doubles on the way. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const left = a.digits * 10n ** BigInt(scale - a.scale)
  const right = b.digits * 10n ** BigInt(scale - b.scale)
  return left < right ? -1 : left > right ? 1 : 0
}
