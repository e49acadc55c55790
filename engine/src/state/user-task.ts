import type { Candidate, FactValues, Key, TaskCorrections } from '../record/record.ts'

export interface UserTask {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly name: string
  status: 'created' | 'assigned'
  assignee: string | null
  dueAt: number | null
  priority: number
  /** The form it shows since it was migrated; absent before. */
  formKey?: Key | null
  /** What task listeners are told beyond that; absent where none stand at it. */
  details?: TaskDetails
  /** What was asked of it and waits for its task listeners; absent when nothing does. */
  pending?: PendingAct
}

export interface TaskDetails {
  readonly candidates: readonly Candidate[]
  readonly candidateUsers: readonly string[]
  readonly followUpAt: number | null
  readonly formKey: Key | null
}

/** What task listeners stand in front of, as the fact that asked for it says. */
export type TaskAct = {
  readonly [E in 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling']: {
    readonly event: E
    readonly asked: FactValues[`userTask.${E}`]
  }
}['creating' | 'assigning' | 'updating' | 'completing' | 'canceling']

/** `corrections` are those of the listeners that are done, later ones over earlier ones. */
export type PendingAct = TaskAct & { corrections: TaskCorrections }

export interface EndedTask {
  readonly name: string
  readonly status: 'completed' | 'canceled'
}
