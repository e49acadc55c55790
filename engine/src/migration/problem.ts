import type { MigrationReason } from '../problem/facts.ts'
import type { Key } from '../record/record.ts'

/** One thing that cannot move, and why. */
export interface MigrationProblem {
  readonly reason: MigrationReason
  /** The element of the source, or what the mapping calls so. */
  readonly elementId: string
  readonly elementName: string | null
  readonly targetElementId: string | null
  /** The element instance; null for a mapping that does not hold whatever is active. */
  readonly elementInstanceKey: Key | null
  /** Of an event that cannot be opened: what its expression failed with. */
  readonly message?: string
}
