import type { Called, TaskChanges } from '../job-result.ts'
import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'
import type { Candidate } from '../organisation.ts'
import type { Why } from '../why.ts'

/** Facts of user tasks. */
export interface UserTaskFacts {
  'userTask.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly name: string
    readonly assignee: string | null
    readonly candidates: readonly Candidate[]
    readonly candidateUsers: readonly string[]
    readonly formId: string | null
    readonly formKey: Key | null
    readonly dueAt: number | null
    readonly followUpAt: number | null
    readonly priority: number
    readonly why: readonly Why[]
    /** Task listeners stand at it: what they are told of the task is kept. Absent without any. */
    readonly listened?: true
  }
  'userTask.assigned': { readonly elementId: string; readonly assignee: string; readonly previous: string | null }
  'userTask.unassigned': { readonly elementId: string; readonly previous: string }
  'userTask.updated': { readonly elementId: string; readonly dueAt: number | null; readonly priority: number }
  'userTask.completed': {
    readonly elementId: string
    readonly name: string
    readonly variables: Variables
    readonly formKey: Key | null
  }
  'userTask.canceled': { readonly elementId: string; readonly name: string }

  // What is asked of a user task with task listeners: it takes effect, by one of the facts above, when they are done.
  /** The task as it will be created; nobody sees it yet. */
  'userTask.creating': UserTaskFacts['userTask.created']
  /** `assignee` null: it is to be unassigned. */
  'userTask.assigning': Called & { readonly elementId: string; readonly assignee: string | null }
  'userTask.updating': Called & {
    readonly elementId: string
    readonly dueAt: number | null
    readonly priority: number
    /** What else is to change; absent when nothing else is. */
    readonly changes?: TaskChanges
    /** Variables to be set at the task, when those are what is updated. */
    readonly variables?: Variables
    /** Whether they stay at the task. */
    readonly local?: boolean
  }
  'userTask.completing': Called & {
    readonly elementId: string
    readonly variables: Variables
    readonly formKey: Key | null
  }
  'userTask.canceling': { readonly elementId: string }
  /** What listeners corrected takes effect; only what is named has changed. */
  'userTask.corrected': {
    readonly elementId: string
    readonly assignee?: string | null
    readonly dueAt?: number | null
    readonly followUpAt?: number | null
    readonly candidates?: readonly Candidate[]
    readonly candidateUsers?: readonly string[]
    readonly priority?: number
  }
  /** A listener refused what was asked: the task is as it was. */
  'userTask.denied': {
    readonly elementId: string
    readonly event: 'assigning' | 'updating' | 'completing'
    readonly reason: string
  }
}
