/** The proleptic Gregorian calendar as sums over whole days. Day 0 is 1970-01-01. */

/** Years a date may have, as in XML Schema dates and java.time. */
export const MOST_YEAR = 999_999_999

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : LENGTHS[month - 1]!

const DAYS_OF_400_YEARS = 146_097
/** Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that the leap day is their last. */
const MARCH_OF_YEAR_0 = 719_468

/** Day number of a date of the calendar. */
export function dayOfDate(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_OF_400_YEARS + dayOfEra - MARCH_OF_YEAR_0
}

/** Date of a day number: the inverse of `dayOfDate`. */
export function dateOfDay(number: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = number + MARCH_OF_YEAR_0
  const era = Math.floor(shifted / DAYS_OF_400_YEARS)
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch + (fromMarch < 10 ? 3 : -9)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

const modulo = (n: number, by: number): number => ((n % by) + by) % by

/** Day of the week by ISO 8601: Monday is 1, Sunday 7. */
export const weekdayOf = (day: number): number => modulo(day + 3, 7) + 1

/** Week by ISO 8601: the week of a year that holds its first Thursday is the first. */
export function weekOfYear(day: number): number {
  const thursday = day - weekdayOf(day) + 4
  const { year } = dateOfDay(thursday)
  return Math.floor((thursday - dayOfDate(year, 1, 1)) / 7) + 1
}
