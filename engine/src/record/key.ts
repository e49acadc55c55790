/**
 * Keys are integers below 2^53: stream number × 2^20 + counter of the stream. On the wire they are decimal strings.
 */
export type Key = number

/** How many keys one stream can give out. */
export const KEYS_PER_STREAM = 2 ** 20
