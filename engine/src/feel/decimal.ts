import { Decimal as Library } from 'decimal.js'

/**
 * Decimal arithmetic as FEEL has it: 34 digits, halves to the even neighbour, the range of IEEE 754-2008 decimal128
 * (DMN 1.5 §10.3.2.3.1). A clone, so that nobody else's settings count here.
 */
export const Decimal = Library.clone({
  precision: 34,
  rounding: Library.ROUND_HALF_EVEN,
  maxE: 6144,
  minE: -6176,
  toExpNeg: -400,
  toExpPos: 400,
  defaults: true,
})
export type Decimal = Library
