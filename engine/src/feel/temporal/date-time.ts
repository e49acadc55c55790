import { FeelDate } from './date.ts'
import { FeelTime, NANOS_OF_DAY, NANOS_OF_SECOND } from './time.ts'
import { offsetAt, resolveLocal } from './zone.ts'

/** The last day whose offset in a zone `Intl` is asked for. Later years repeat, as the calendar does, every 400. */
const LAST_DAY = 90_000_000
const DAYS_OF_400_YEARS = 146_097

/** Seconds since 1970 by which the offset of a zone is asked for. */
function secondsOf(day: number, nanosOfDay: number): number {
  const cycles = Math.max(0, Math.ceil((day - LAST_DAY) / DAYS_OF_400_YEARS))
  const known = Math.max(day - cycles * DAYS_OF_400_YEARS, -LAST_DAY)
  return known * 86_400 + Math.floor(nanosOfDay / NANOS_OF_SECOND)
}

/** A moment, or a local one: days since 1970-01-01 and nanoseconds of that day. */
export interface Moment {
  readonly day: number
  readonly nanos: number
}

/** Day and nanoseconds with the nanoseconds brought into the day. */
export function momentOf(day: number, nanos: number): Moment {
  const days = Math.floor(nanos / NANOS_OF_DAY)
  return { day: day + days, nanos: nanos - days * NANOS_OF_DAY }
}

/** A date and time (DMN 1.5 §10.3.2.3.6): local, at an offset, or in a zone, whose offset then is that of the day. */
export class FeelDateTime {
  readonly date: FeelDate
  readonly time: FeelTime

  private constructor(date: FeelDate, time: FeelTime) {
    this.date = date
    this.time = time
    Object.freeze(this)
  }

  /**
   * The date at the time. In a zone as java.time has it: a time in a gap is moved on by its length; one in an overlap
   * is the earlier, or that at the offset `preferred`. Null outside the years there are.
   */
  static of(date: FeelDate, time: FeelTime, preferred: number | null = null): FeelDateTime | null {
    const { zone } = time
    if (zone === null) return new FeelDateTime(date, time)
    const { offset, shift } = resolveLocal(zone, secondsOf(date.dayNumber, time.nanosOfDay), preferred)
    if (shift === 0) return new FeelDateTime(date, FeelTime.inZone(time.nanosOfDay, zone, offset))
    const { day, nanos } = momentOf(date.dayNumber, time.nanosOfDay + shift * NANOS_OF_SECOND)
    const moved = FeelDate.ofDay(day)
    return moved && new FeelDateTime(moved, FeelTime.inZone(nanos, zone, offset))
  }

  /** The moment as the clocks of `like` show it: its zone, its offset, or none. Null outside the years there are. */
  static ofMoment({ day, nanos }: Moment, like: FeelTime): FeelDateTime | null {
    const offset = like.zone === null ? (like.offset ?? 0) : offsetAt(like.zone, secondsOf(day, nanos))
    const local = momentOf(day, nanos + offset * NANOS_OF_SECOND)
    const date = FeelDate.ofDay(local.day)
    if (!date) return null
    const time =
      like.zone === null ? FeelTime.of(local.nanos, like.offset) : FeelTime.inZone(local.nanos, like.zone, offset)
    return time && new FeelDateTime(date, time)
  }

  /** The moment in UTC; for a local one as if it were UTC. */
  get moment(): Moment {
    return momentOf(this.date.dayNumber, this.time.nanosOfDay - (this.time.offset ?? 0) * NANOS_OF_SECOND)
  }

  get isLocal(): boolean {
    return this.time.offset === null
  }

  /** `2026-05-18T10:15:30`, `…+08:00`, `…@Europe/Berlin` */
  text(): string {
    return `${this.date.text()}T${this.time.text()}`
  }

  /** The same with an offset for a zone. */
  offsetText(): string {
    return `${this.date.text()}T${this.time.offsetText()}`
  }
}
