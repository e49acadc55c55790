import type { Clock } from './clock.ts'

/** Less than this is a clock being corrected, not a jump. */
const LEAST = 10_000

/** A jump of the clock: what it showed, and what it would have shown had it gone on. */
export interface ClockJump {
  readonly from: number
  readonly to: number
}

/**
 * Compares the clock with one that only ever goes on. They part when somebody sets the clock, and when the machine has
 * slept, for the other one stands still meanwhile.
 */
export class ClockWatch {
  readonly #clock: Clock
  readonly #steady: () => number
  #shown: number
  #passed: number

  /** `steady` gives milliseconds from any beginning. */
  constructor(clock: Clock, steady: () => number) {
    this.#clock = clock
    this.#steady = steady
    this.#shown = clock.now()
    this.#passed = steady()
  }

  /** The jump since it was last asked; null without one. */
  look(): ClockJump | null {
    const to = this.#clock.now()
    const passed = this.#steady()
    const from = this.#shown + (passed - this.#passed)
    this.#shown = to
    this.#passed = passed
    return Math.abs(to - from) < LEAST ? null : { from: Math.round(from), to }
  }
}
