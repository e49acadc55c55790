import { two } from './date.ts'
import { standardOffset } from './zone.ts'

export const NANOS_OF_SECOND = 1_000_000_000
export const NANOS_OF_DAY = 86_400 * NANOS_OF_SECOND
/** Hours an offset may have, as in java.time. */
const MOST_OFFSET = 18 * 3600

/**
 * A time of day (DMN 1.5 §10.3.2.3.4): local, at an offset, or in a zone of the IANA database. In a zone and without a
 * date the offset is that outside summer time.
 */
export class FeelTime {
  /** Nanoseconds since midnight. */
  readonly nanosOfDay: number
  /** Seconds east of UTC; null for a local time. */
  readonly offset: number | null
  /** `Europe/Berlin`; null without one. */
  readonly zone: string | null

  private constructor(nanosOfDay: number, offset: number | null, zone: string | null) {
    this.nanosOfDay = nanosOfDay
    this.offset = offset
    this.zone = zone
    Object.freeze(this)
  }

  /** A time at an offset (`null`: local); null when either is out of its bounds. */
  static of(nanosOfDay: number, offset: number | null = null): FeelTime | null {
    if (!Number.isInteger(nanosOfDay) || nanosOfDay < 0 || nanosOfDay >= NANOS_OF_DAY) return null
    if (offset !== null && !(Number.isInteger(offset) && Math.abs(offset) <= MOST_OFFSET)) return null
    return new FeelTime(nanosOfDay, offset, null)
  }

  /** A time in a zone that exists; `offset` where the date has told it. */
  static inZone(nanosOfDay: number, zone: string, offset: number = standardOffset(zone)): FeelTime {
    return new FeelTime(nanosOfDay, offset, zone)
  }

  get hour(): number {
    return Math.floor(this.nanosOfDay / (3600 * NANOS_OF_SECOND))
  }
  get minute(): number {
    return Math.floor(this.nanosOfDay / (60 * NANOS_OF_SECOND)) % 60
  }
  get second(): number {
    return Math.floor(this.nanosOfDay / NANOS_OF_SECOND) % 60
  }

  /** `10:15:30.5`, `10:15:30+08:00`, `10:15:30@Europe/Berlin` */
  text(): string {
    return this.zone === null ? this.offsetText() : `${this.#local()}@${this.zone}`
  }

  /** The same with an offset for a zone: who reads it needs no zone table. */
  offsetText(): string {
    return this.#local() + (this.offset === null ? '' : textOfOffset(this.offset))
  }

  #local(): string {
    const nanos = this.nanosOfDay % NANOS_OF_SECOND
    return `${two(this.hour)}:${two(this.minute)}:${two(this.second)}${fractionText(nanos)}`
  }
}

/** `.5` for 500,000,000 nanoseconds, nothing for 0. */
export const fractionText = (nanos: number): string =>
  nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`

function textOfOffset(offset: number): string {
  if (offset === 0) return 'Z'
  const size = Math.abs(offset)
  const seconds = size % 60
  const hours = `${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}`
  return `${offset < 0 ? '-' : '+'}${hours}${seconds === 0 ? '' : `:${two(seconds)}`}`
}
