import type { JobResult } from '../job-result.ts'
import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'
import type { NoticeContent } from '../notice-content.ts'

/** A listener job: what it listens to, and its place among the listeners of that event, from 0. */
export interface ListenerRef {
  readonly kind: 'execution' | 'task'
  readonly event: 'start' | 'end' | 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling'
  readonly index: number
}

/** Facts of jobs. */
export interface JobFacts {
  'job.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly name: string | null
    readonly type: string
    readonly retries: number
    readonly headers: { readonly [name: string]: string }
    /** `zeebe:jobPriorityDefinition`: higher ones are handed out first; absent for 0. */
    readonly priority?: number
    /** Set when the job is a listener. */
    readonly listener?: ListenerRef
    /** Variables visible to the worker: the local ones of the task when it has input mappings, else all visible ones. */
    readonly variables: Variables
  }
  'job.completed': {
    readonly elementId: string
    readonly type: string
    readonly variables: Variables
    readonly notice?: NoticeContent
    readonly result?: JobResult
  }
  'job.failed': {
    readonly elementId: string
    readonly type: string
    readonly retries: number
    readonly message: string
    readonly retryAt: number | null
  }
  /** The job may be handed out again (its incident was resolved), with what its worker sees now. */
  'job.retriesUpdated': {
    readonly elementId: string
    readonly type: string
    readonly retries: number
    readonly variables: Variables
  }
  'job.errorThrown': {
    readonly elementId: string
    readonly type: string
    readonly errorCode: string
    readonly message: string
  }
  'job.canceled': { readonly elementId: string; readonly type: string }
}
