const SHAPE = '^-?[0-9]{1,16}\\.[0-9]{2}$'

/** The schema of a sum of money: a decimal text with two digits after the point. Sums are never doubles. */
export const moneySchema = { type: 'string', maxLength: 20, pattern: SHAPE } as const

/** The unit that makes a number a sum of money. */
export const YUAN = '元'

/** A decimal with its whole part in groups of three: `186000.00` as `186,000.00`. */
export const grouped = (decimal: string): string =>
  decimal.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
