import { Rejection } from '../problem/problem.ts'
import type { CommandKind } from '../record/record.ts'
import type { Instance, State } from '../state/state.ts'
import { lookAtConditions } from './conditions.ts'
import { invariant, type Run, write } from './run.ts'

/** What a suspended case takes: acts of its operator. Everybody else's would move it (SPEC OP2). */
const TAKEN: ReadonlySet<CommandKind> = new Set<CommandKind>([
  ...(['processInstance.resume', 'processInstance.cancel'] as const),
  ...(['processInstance.modify', 'processInstance.migrate', 'variables.set'] as const),
])

/** Throws `PROCESS_INSTANCE_SUSPENDED` for a command that a suspended case does not take. */
export function judgeSuspension({ instance }: State, kind: CommandKind): void {
  if (instance?.status === 'suspended' && !TAKEN.has(kind)) throw suspended()
}

export const suspended = (): Rejection => new Rejection('PROCESS_INSTANCE_SUSPENDED')

/**
 * Keeps what would follow in a suspended case until it is resumed, conditions to look at among it: each once, however
 * often what it reads has changed (SPEC OP3).
 */
export function holdBack(run: Run, { key, held = [] }: Instance): void {
  invariant(run.queue.length === 0, 'OP3', 'something is to be activated in a suspended case')
  lookAtConditions(run)
  const following = run.agenda
    .take()
    .filter((one) => one.go !== 'look' || !held.some((other) => other.go === 'look' && other.key === one.key))
  if (following.length > 0) write(run, 'processInstance.held', key, { following })
}
