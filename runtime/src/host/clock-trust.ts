import { and, gte, lt, lte, max, min } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { Clock } from './clock.ts'
import { ClockWatch } from './clock-watch.ts'

const DAY = 86_400_000
/** So long a clock has to have gone on evenly after a jump before anything goes for good by it. */
const EVEN = 60 * 60_000
/** Nothing in the trail for so long is a server that was down, or a clock that was set ahead before it started. */
const GAP = 7 * DAY

/**
 * Whether what is old may go for good by the clock: answered requests, messages that are over, cases to archive packages. By
 * one that somebody has set ahead by mistake everything would be old.
 */
export class ClockTrust {
  readonly #watch: ClockWatch
  readonly #steady: () => number
  /** Both on the clock that only goes on: since a jump, and since the start. */
  #doubtedUntil = Number.NEGATIVE_INFINITY
  readonly #gapUntil: number

  /** `gap` is for how long from now it is not believed because of what was found at the start (`gapDoubt`). */
  constructor(clock: Clock, steady: () => number, gap = 0) {
    this.#watch = new ClockWatch(clock, steady)
    this.#steady = steady
    this.#gapUntil = gap > 0 ? steady() + gap : Number.NEGATIVE_INFINITY
  }

  /** Whether it is believed now. */
  get isTrusted(): boolean {
    if (this.#watch.look()) this.doubt()
    return this.#steady() >= this.#doubtedUntil && !this.isAfterGap
  }

  /** Whether it is not believed because of a gap before the start: people should look at it. */
  get isAfterGap(): boolean {
    return this.#steady() < this.#gapUntil
  }

  /** It has jumped: from now on it has to go on evenly. */
  doubt(): void {
    this.#doubtedUntil = this.#steady() + EVEN
  }
}

/**
 * For how long after a start the clock is not believed; 0 without a gap. It is a day from the first row that came after a gap
 * of a week in the trail, from now when none has come yet: who starts once more within that day finds the same gap.
 */
export async function gapDoubt({ read, tables: { trail } }: Store, now: number): Promise<number> {
  const [before] = await read
    .select({ at: max(trail.at) })
    .from(trail)
    .where(lt(trail.at, now - DAY))
  const [since] = await read
    .select({ at: min(trail.at) })
    .from(trail)
    .where(and(gte(trail.at, now - DAY), lte(trail.at, now)))
  const from = since?.at ?? now
  return before?.at == null || from - before.at < GAP ? 0 : DAY - (now - from)
}
