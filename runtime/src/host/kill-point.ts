import type { StorePoint } from '../db/store.ts'

/** Moments at which a test may end the process, to see that nothing acknowledged is lost. */
export type KillPoint =
  | StorePoint
  | 'command.received'
  | 'command.judged'
  | 'answer.ready'
  | 'published'
  | 'snapshot.due'
  | 'snapshot.eviction'
  | 'timer.found'
  | 'timer.fired'
  | 'outbox.found'
  | 'outbox.done'
  | 'deployment.judged'
  | 'deployment.written'
  | RetentionPoint
  | RestPoint

/** The package of a finished case is on disk; its rows are about to be removed. */
export type RetentionPoint = 'retention.exported' | 'retention.removing'

/** The rows of a finished case are packed, or unpacked; the unit that exchanges them is about to be written. */
export type RestPoint = 'rest.packed' | 'rest.unpacked'

/** Those that the commands of people and workers come by; `RetentionPoint`s and `RestPoint`s are reached by old cases alone. */
export const killPoints: readonly KillPoint[] = [
  'command.received',
  'command.judged',
  'group.begun',
  'trail.written',
  'projection.halfWritten',
  'unit.written',
  'group.committed',
  'published',
  'answer.ready',
  'snapshot.due',
  'snapshot.eviction',
  'timer.found',
  'timer.fired',
  'outbox.found',
  'outbox.done',
  'deployment.judged',
  'deployment.written',
]

export type OnPoint = (name: KillPoint) => void
