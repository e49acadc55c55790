import type { Fact, FactKind } from '../record/record.ts'
import type { Applier, Appliers } from './apply/applier.ts'
import { compensationAppliers } from './apply/compensation.ts'
import { elementAppliers } from './apply/element.ts'
import { eventAppliers } from './apply/event.ts'
import { jobAppliers } from './apply/job.ts'
import { migrationAppliers } from './apply/migration.ts'
import { repetitionAppliers } from './apply/multi-instance.ts'
import { processInstanceAppliers } from './apply/process-instance.ts'
import { userTaskAppliers } from './apply/user-task.ts'
import type { State } from './state.ts'

/** How each fact changes the state, by the noun it is about. */
const appliers: Appliers<FactKind> = {
  ...processInstanceAppliers,
  ...elementAppliers,
  ...userTaskAppliers,
  ...eventAppliers,
  ...compensationAppliers,
  ...jobAppliers,
  ...repetitionAppliers,
  ...migrationAppliers,
}

/**
 * Changes `state` in place as one fact says: the only writer of state. Facts that happened are applied without
 * judging; whether they may happen was decided before they were written.
 */
export function apply(state: State, fact: Fact): State {
  const applier = appliers[fact.kind] as Applier<FactKind>
  applier(state, fact.key, fact.value)
  if (fact.key > state.lastKey && Math.floor(fact.key / 2 ** 20) === state.stream) state.lastKey = fact.key
  return state
}

/** Applies facts in order. */
export function fold(state: State, facts: Iterable<Fact>): State {
  for (const fact of facts) apply(state, fact)
  return state
}
