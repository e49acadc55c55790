import { remove, update, upsert } from '../db/row-change.ts'
import type { Projection } from './projection.ts'

const claimable = (taskKey: number, on: boolean) => [update('taskCandidate', { claimable: on }, { taskKey })]

export const taskCandidate: Projection = {
  'userTask.created': (taskKey, value, { case: { instanceKey } }) =>
    // A role may be named twice in a model: the second is the same row.
    value.candidates.map(({ role, unitId }) =>
      upsert('taskCandidate', { taskKey, role, unitId, instanceKey, claimable: value.assignee === null }),
    ),
  'userTask.corrected': (taskKey, { candidates }, { case: { instanceKey } }) =>
    candidates
      ? [
          remove('taskCandidate', { taskKey }),
          // Whoever has the task by then: the fact of what was asked follows.
          ...candidates.map(({ role, unitId }) =>
            upsert('taskCandidate', { taskKey, role, unitId, instanceKey, claimable: true }),
          ),
        ]
      : [],
  'userTask.assigned': (taskKey) => claimable(taskKey, false),
  'userTask.unassigned': (taskKey) => claimable(taskKey, true),
  'userTask.completed': (taskKey) => claimable(taskKey, false),
  'userTask.canceled': (taskKey) => claimable(taskKey, false),
}
