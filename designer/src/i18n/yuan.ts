/**
 * Amounts in formal Chinese numerals, as they are written on vouchers and decisions. They are Chinese in every
 * language of the app: the document that quotes them is.
 */
/** The unit an amount of money is authored with. */
export const YUAN_UNIT = '元'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = [
  [3, '仟'],
  [2, '佰'],
  [1, '拾'],
  [0, ''],
] as const
const GROUPS = ['', '万', '亿', '万亿'] as const

/** Four digits without leading zeros; a run of zeros inside is one 零, zeros at the end are silent. */
function group(value: number): string {
  let text = ''
  let gap = false
  for (const [place, unit] of PLACES) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) {
      gap = text !== ''
      continue
    }
    text += `${gap ? DIGITS[0] : ''}${DIGITS[digit]}${unit}`
    gap = false
  }
  return text
}

/** Whole yuan in numerals, without the unit; empty for zero. */
function whole(yuan: bigint): string {
  const groups: number[] = []
  for (let rest = yuan; rest > 0n; rest /= 10_000n) groups.push(Number(rest % 10_000n))
  let text = ''
  let gap = false
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const value = groups[index] ?? 0
    if (value === 0) {
      gap = text !== ''
      continue
    }
    // A zero is spoken where a group is skipped or does not reach its thousands.
    text += (text !== '' && (gap || value < 1000) ? DIGITS[0] : '') + group(value) + GROUPS[index]
    gap = false
  }
  return text
}

/**
 * An amount in yuan in formal numerals: `186500.00` → 壹拾捌万陆仟伍佰元整.
 * @param amount decimal string or number, at most two decimals, below 10^16
 * @returns null when it is no such amount
 */
export function yuanInWords(amount: unknown): string | null {
  const match = /^(-?)(\d{1,16})(?:\.(\d{1,2})0*)?$/.exec(String(amount ?? '').trim())
  if (!match) return null
  const [, sign, units = '', fraction = ''] = match
  const yuan = BigInt(units)
  const jiao = Number(fraction.padEnd(2, '0')[0])
  const fen = Number(fraction.padEnd(2, '0')[1])
  const body = yuan > 0n ? `${whole(yuan)}元` : ''
  if (jiao === 0 && fen === 0) return `${sign && yuan > 0n ? '负' : ''}${body || '零元'}整`
  const jiaoText = jiao > 0 ? `${DIGITS[jiao]}角` : body ? DIGITS[0] : ''
  return `${sign ? '负' : ''}${body}${jiaoText}${fen > 0 ? `${DIGITS[fen]}分` : '整'}`
}
