import { fractionText } from './time.ts'

const SECOND = 1_000_000_000n
const DAY = 86_400n * SECOND
/** Seconds a duration may have: those of java.time. */
const MOST_NANOS = 2n ** 63n * SECOND

/** A days and time duration, exact to the nanosecond (DMN 1.5 §10.3.2.3.7). */
export class DaysDuration {
  readonly nanos: bigint

  private constructor(nanos: bigint) {
    this.nanos = nanos
    Object.freeze(this)
  }

  /** The duration; null when it is longer than any two moments are apart. */
  static of(nanos: bigint): DaysDuration | null {
    return nanos >= MOST_NANOS || nanos <= -MOST_NANOS ? null : new DaysDuration(nanos)
  }

  static ofDays(days: number): DaysDuration {
    return new DaysDuration(BigInt(days) * DAY)
  }

  /** Its parts, all with its sign: -90 seconds are -1 minute and -30 seconds. */
  get parts(): {
    readonly days: number
    readonly hours: number
    readonly minutes: number
    readonly seconds: number
    readonly nanos: number
  } {
    const seconds = this.nanos / SECOND
    return {
      days: Number(seconds / 86_400n),
      hours: Number((seconds / 3600n) % 24n),
      minutes: Number((seconds / 60n) % 60n),
      seconds: Number(seconds % 60n),
      nanos: Number(this.nanos % SECOND),
    }
  }

  /** ISO 8601 with days, hours below 24 and so on: `P1DT2H`, `-PT30M`, `PT0S`. */
  text(): string {
    if (this.nanos === 0n) return 'PT0S'
    const sign = this.nanos < 0n ? '-' : ''
    const size = this.nanos < 0n ? -this.nanos : this.nanos
    const { days, hours, minutes, seconds, nanos } = new DaysDuration(size).parts
    const fraction = fractionText(nanos)
    const time = [
      hours === 0 ? '' : `${hours}H`,
      minutes === 0 ? '' : `${minutes}M`,
      seconds === 0 && fraction === '' ? '' : `${seconds}${fraction}S`,
    ].join('')
    return `${sign}P${days === 0 ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`
  }

  /** JSON has no whole numbers of this size. */
  toJSON(): string {
    return this.text()
  }
}

/** A years and months duration (DMN 1.5 §10.3.2.3.8). */
export class MonthsDuration {
  readonly months: number

  private constructor(months: number) {
    this.months = months
    Object.freeze(this)
  }

  /** The duration; null when its months cannot be counted exactly. */
  static of(months: number): MonthsDuration | null {
    return Number.isSafeInteger(months) ? new MonthsDuration(months === 0 ? 0 : months) : null
  }

  /** ISO 8601 with months below 12: `P1Y2M`, `-P3M`, `P0M`. */
  text(): string {
    if (this.months === 0) return 'P0M'
    const size = Math.abs(this.months)
    const years = Math.floor(size / 12)
    const months = size % 12
    return `${this.months < 0 ? '-' : ''}P${years === 0 ? '' : `${years}Y`}${months === 0 ? '' : `${months}M`}`
  }
}
