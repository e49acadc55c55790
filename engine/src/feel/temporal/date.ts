import { dateOfDay, dayOfDate, daysInMonth, MOST_YEAR } from './civil.ts'

/** A date of the proleptic Gregorian calendar (DMN 1.5 §10.3.2.3.5). */
export class FeelDate {
  readonly year: number
  readonly month: number
  readonly day: number

  private constructor(year: number, month: number, day: number) {
    this.year = year
    this.month = month
    this.day = day
    Object.freeze(this)
  }

  /** The date, or null where the calendar has none (2026-02-29). */
  static of(year: number, month: number, day: number): FeelDate | null {
    const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day)
    if (!whole || Math.abs(year) > MOST_YEAR || month < 1 || month > 12) return null
    return day < 1 || day > daysInMonth(year, month) ? null : new FeelDate(year, month, day)
  }

  /** The date of a day number (0 is 1970-01-01), or null outside the years there are. */
  static ofDay(number: number): FeelDate | null {
    if (Math.abs(number) > 4e11) return null
    const { year, month, day } = dateOfDay(number)
    return Math.abs(year) > MOST_YEAR ? null : new FeelDate(year, month, day)
  }

  /** Days since 1970-01-01. */
  get dayNumber(): number {
    return dayOfDate(this.year, this.month, this.day)
  }

  /** The date `months` later; the last day of that month where it is shorter (2026-01-31 and a month: 2026-02-28). */
  plusMonths(months: number): FeelDate | null {
    const count = this.year * 12 + this.month - 1 + months
    const year = Math.floor(count / 12)
    const month = count - year * 12 + 1
    if (Math.abs(year) > MOST_YEAR) return null
    return new FeelDate(year, month, Math.min(this.day, daysInMonth(year, month)))
  }

  /** `2026-05-18` */
  text(): string {
    const size = String(Math.abs(this.year)).padStart(4, '0')
    return `${this.year < 0 ? '-' : ''}${size}-${two(this.month)}-${two(this.day)}`
  }
}

/** A number below 100 with two digits. */
export const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
