import { bodyOf, PATH } from './path.ts'

/** A factor: a whole number, or the path of a parameter. */
export type Factor = number | string

/**
 * A part of a whole, in whole numbers: `denominator * part >= numerator * whole`. Strict: more than that part. None of none
 * is no part: where nobody was to come nobody has decided.
 * Percentages are never used: 22 of 33 is not 66.67 %.
 */
export interface Ratio {
  readonly part: string
  readonly whole: string
  readonly numerator: Factor
  readonly denominator: Factor
  readonly isStrict: boolean
}

const FACTOR = String.raw`(?:(\d+|parameters\.[\p{L}_][\p{L}\p{N}_]*) ?\* ?)?`
const SHAPE = new RegExp(`^(?:(${PATH}) > 0 and )?${FACTOR}(${PATH}) ?(>=|>) ?${FACTOR}(${PATH})$`, 'u')

/** Reads a ratio; null for anything else, and for a plain comparison of two values. */
export function readRatio(text: string | undefined | null): Ratio | null {
  const match = SHAPE.exec(bodyOf(text) ?? '')
  if (!match) return null
  const [, some, denominator, part, operator, numerator, whole] = match
  if (part === undefined || whole === undefined || (denominator === undefined && numerator === undefined)) return null
  if (some !== undefined && some !== whole) return null
  return {
    part,
    whole,
    numerator: factorOf(numerator),
    denominator: factorOf(denominator),
    isStrict: operator === '>',
  }
}

const factorOf = (text: string | undefined): Factor => {
  if (text === undefined) return 1
  return /^\d+$/u.test(text) ? Number(text) : text
}

export function writeRatio(ratio: Ratio): string {
  const times = (factor: Factor, path: string) => (factor === 1 ? path : `${factor} * ${path}`)
  const { part, whole, numerator, denominator, isStrict } = ratio
  const [some, operator] = isStrict ? ['', '>'] : [`${whole} > 0 and `, '>=']
  return `=${some}${times(denominator, part)} ${operator} ${times(numerator, whole)}`
}

/** The fewest of `whole` that fulfil the ratio; more than `whole` when none do. */
export function fewest(
  whole: number,
  { numerator, denominator, isStrict }: { numerator: number; denominator: number; isStrict: boolean },
): number {
  const share = numerator * whole
  return isStrict ? Math.floor(share / denominator) + 1 : Math.ceil(share / denominator)
}
