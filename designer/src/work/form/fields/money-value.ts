const DECIMAL = /^(-?)(\d{1,16})(?:\.(\d{0,2}))?$/

/**
 * A sum of money as it is typed, as the decimal text that is stored: `1,860.5` as `1860.50`. What is no such sum stays
 * as it was typed, so that it can be mended. Null for nothing.
 */
export function readMoney(typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '')
  if (text === '') return null
  const match = DECIMAL.exec(text)
  if (!match) return text.slice(0, 40)
  return `${match[1]}${match[2]!.replace(/^0+(?=\d)/, '')}.${(match[3] ?? '').padEnd(2, '0')}`
}

/** The same for typing: without the zeros that nobody typed. */
export const moneyText = (value: string): string => value.replace(/\.00$/, '')

/** A stored sum in groups of three: `1860.50` as `1,860.50`. */
export const groupedMoney = (value: string): string =>
  /^-?\d+(\.\d+)?$/.test(value) ? value.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ',')) : value

/** The exact sum of stored sums; what is no sum counts nothing. */
export function sumOfMoney(values: readonly unknown[]): string {
  const cents = values.reduce<bigint>(
    (total, value) =>
      typeof value === 'string' && /^-?\d{1,16}\.\d{2}$/.test(value) ? total + BigInt(value.replace('.', '')) : total,
    0n,
  )
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
