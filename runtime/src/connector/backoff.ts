import { createHash } from 'node:crypto'

const LONGEST = 15 * 60_000
/** The other side may ask for a longer pause than ours, but not for ever. */
const LONGEST_ASKED = 60 * 60_000

/** Pause before the second attempt, when the model does not say (header `retryBackoff`). */
export const FIRST_PAUSE = 5_000

/**
 * Milliseconds until the next attempt: twice as long each time up to 15 minutes, of which a part between a half and
 * all is taken, so that what failed together does not come back together. The part follows from key and attempt: the
 * same attempt gives the same pause.
 *
 * @param attempt how many there have been, from 1
 * @param asked what the other side asked for
 */
export function pauseAfter(key: number, attempt: number, first: number, asked = 0): number {
  const whole = Math.min(LONGEST, first * 2 ** Math.min(30, attempt - 1))
  const seed = createHash('sha256').update(`${key}:${attempt}`).digest().readUInt32BE(0) / 2 ** 32
  return Math.max(Math.round(whole * (0.5 + seed / 2)), Math.min(asked, LONGEST_ASKED))
}
