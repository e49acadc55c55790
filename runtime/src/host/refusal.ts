import { type ProblemCode, Rejection } from '@bihuan/engine'
import { isFull, type StorageError } from '../db/storage-error.ts'

/**
 * Refusals that say nothing about what was asked: a disk, a crowd, racers that were always faster, a server that ends, a
 * case that rests.
 */
const passing: ReadonlySet<ProblemCode> = new Set([
  'STORAGE_UNAVAILABLE',
  'STORAGE_FULL',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'STATE_CONFLICT',
  'PROCESS_INSTANCE_SUSPENDED',
])

/**
 * Whether what was asked is refused for good: what it was for has ended meanwhile. Other refusals are reasons to try
 * again, and so is every fault of ours.
 */
export const isRefusedForGood = (error: unknown): error is Rejection =>
  error instanceof Rejection && !passing.has(error.code)

/** Whether the case rests: it is asked again when it is resumed, and not before. */
export const isSuspended = (error: unknown): boolean =>
  error instanceof Rejection && error.code === 'PROCESS_INSTANCE_SUSPENDED'

/** A failure of the store as a caller understands it. */
export function storageRefusal({ code }: StorageError): Rejection {
  if (isFull(code)) return new Rejection('STORAGE_FULL', { reason: code })
  if (code === 'QUEUE_FULL') return new Rejection('OVERLOADED')
  return new Rejection('STORAGE_UNAVAILABLE', { reason: code })
}
