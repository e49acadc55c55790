import { Rejection } from '@bihuan/engine'

/**
 * Whether what was asked is refused for good: what it was for has ended meanwhile. A disk that does not take it, or
 * racers that were always faster, are reasons to try again, and so is every fault of ours.
 */
export const isRefusedForGood = (error: unknown): error is Rejection =>
  error instanceof Rejection && error.code !== 'STORAGE_UNAVAILABLE' && error.code !== 'STATE_CONFLICT'
