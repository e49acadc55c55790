import type { ProblemCode } from '../problem/catalog.ts'
import type { Facts } from '../problem/problem.ts'
import type { Variables } from './json.ts'

/** One element of an ad-hoc sub-process to begin, with variables of its own. */
export interface AdHocActivation {
  readonly elementId: string
  readonly variables: Variables
}

/** What a worker decided beside the variables, where the job asks for a decision (Camunda 8: "job result"). */
export type JobResult =
  | {
      readonly type: 'adHocSubProcess'
      readonly activateElements: readonly AdHocActivation[]
      readonly isCompletionConditionFulfilled: boolean
      readonly isCancelRemainingInstances: boolean
    }
  | {
      readonly type: 'userTask'
      /** Refuses what people asked for; not at `creating` and `canceling`. */
      readonly denied: boolean
      readonly deniedReason: string
      /** Changes the task before its listener event takes effect. */
      readonly corrections: TaskCorrections
    }

/** What an update changes of a user task beside its due date and priority; what is absent stays as it is. */
export type TaskChanges = Pick<TaskCorrections, 'followUpAt' | 'candidateUsers' | 'candidateGroups'>

/** What a task listener changes of a user task; what is absent stays as it is. */
export interface TaskCorrections {
  readonly assignee?: string | null
  readonly dueAt?: number | null
  readonly followUpAt?: number | null
  readonly candidateUsers?: readonly string[]
  readonly candidateGroups?: readonly string[]
  readonly priority?: number
}

/** What is asked of a user task, under a name of its own; absent or empty without one (Camunda 8: `action`). */
export interface Called {
  readonly action?: string
}

/** What a worker says of a job that it could not do. */
export interface JobFailure {
  readonly retries: number
  readonly message: string
  readonly retryAt: number | null
  /** What the incident says when no retries are left; absent for what a worker outside has to tell: its message. */
  readonly fault?: { readonly code: ProblemCode; readonly facts: Facts }
}
