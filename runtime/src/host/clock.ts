/** Milliseconds since 1970-01-01T00:00Z. */
export interface Clock {
  now(): number
}

/** A clock that tests may pin (`BIHUAN_CLOCK=controllable`). */
export interface ControllableClock extends Clock {
  pin(at: number): void
  reset(): void
}

/** The machine's clock: the one place that reads it. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands where it was pinned, and runs with the machine's until then. */
export function controllableClock(pinnedAt: number | null = null, running: Clock = systemClock): ControllableClock {
  let pinned = pinnedAt
  return {
    now: () => pinned ?? running.now(),
    pin(at) {
      pinned = at
    },
    reset() {
      pinned = null
    },
  }
}

/** Asia/Shanghai has been UTC+8 without daylight saving since 1991. */
const SHANGHAI = 8 * 3_600_000

/** The year in Asia/Shanghai, by which case numbers are counted. */
export function shanghaiYear(at: number): number {
  return new Date(at + SHANGHAI).getUTCFullYear()
}
