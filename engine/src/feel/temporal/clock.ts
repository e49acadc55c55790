import { FeelDateTime, momentOf } from './date-time.ts'
import { FeelTime, NANOS_OF_SECOND } from './time.ts'

/** The only zone Bihuan tells the time in is Asia/Shanghai, without summer time since 1991. */
const SHANGHAI = FeelTime.of(0, 8 * 3600)!

/** `at` (milliseconds since 1970 in UTC) on the clocks of Shanghai, to the second. */
export function ofClock(at: number): FeelDateTime {
  const seconds = Math.floor(at / 1000)
  const day = Math.floor(seconds / 86_400)
  return FeelDateTime.ofMoment(momentOf(day, (seconds - day * 86_400) * NANOS_OF_SECOND), SHANGHAI)!
}
