import { dayExists } from './day.ts'

/** Its 18 characters, as a pattern. */
export const ID_NUMBER = '^[1-9][0-9]{16}[0-9X]$'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const DIGITS = '10X98765432'
const EIGHT_HOURS = 8 * 3_600_000

/**
 * The part of a citizen identity number (GB 11643-1999) that does not fit: its 18 characters, the date of birth in
 * places 7 to 14, or the check digit (ISO 7064 MOD 11-2). Null when it is sound.
 *
 * @param at now, milliseconds since 1970 UTC: nobody is born later
 */
export function idNumberFault(value: string, at: number): 'shape' | 'birth' | 'digit' | null {
  if (!new RegExp(ID_NUMBER).test(value)) return 'shape'
  const birth = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
  const today = new Date(at + EIGHT_HOURS).toISOString().slice(0, 10)
  if (!dayExists(birth) || birth < '1800-01-01' || birth > today) return 'birth'
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(value[place]), 0)
  return DIGITS[sum % 11] === value[17] ? null : 'digit'
}

/** An identity number with the date of birth and half of what follows hidden: `110101********002X`. */
export const maskIdNumber = (value: string): string =>
  value.length < 12 ? '*'.repeat(value.length) : `${value.slice(0, 6)}${'*'.repeat(8)}${value.slice(-4)}`
