import type { Expression } from '../feel/index.ts'
import type { CandidateRef } from './candidate.ts'
import type { JobSpec } from './job.ts'

/** When a timer event is due. */
export type TimerTrigger =
  | { readonly kind: 'date'; readonly expression: Expression }
  | { readonly kind: 'duration'; readonly expression: Expression }
  | { readonly kind: 'cycle'; readonly expression: Expression }

/** What a catch event waits for. */
export type EventTrigger =
  | { readonly kind: 'timer'; readonly timer: TimerTrigger }
  | {
      readonly kind: 'message'
      readonly name: Expression
      readonly correlationKey: Expression | null
      /** `bihuan:caseAction`: people may send this message from the page of the case. */
      readonly action: {
        readonly label: string
        readonly formId: string | null
        readonly candidates: readonly CandidateRef[]
      } | null
    }
  | { readonly kind: 'signal'; readonly name: Expression }
  /** `errorCode` null catches every error. */
  | { readonly kind: 'error'; readonly errorCode: Expression | null }
  /** `escalationCode` null catches every escalation. */
  | { readonly kind: 'escalation'; readonly escalationCode: Expression | null }
  | {
      readonly kind: 'conditional'
      readonly condition: Expression
      /** `zeebe:conditionalFilter`: only changes of these variables, and of these kinds, are looked at; null for all. */
      readonly variableNames: readonly string[] | null
      readonly variableEvents: readonly ('create' | 'update')[] | null
    }
  | { readonly kind: 'compensation' }
  /** Entered from the link throw events of that name in the same scope. */
  | { readonly kind: 'link'; readonly name: string }
export type TriggerKind = EventTrigger['kind']

/** What an intermediate throw event or an end event does. */
export type EventThrow =
  | { readonly kind: 'none' }
  /** Zeebe: a thrown message is a job for a worker. */
  | { readonly kind: 'message'; readonly job: JobSpec }
  | { readonly kind: 'signal'; readonly name: Expression }
  | { readonly kind: 'error'; readonly errorCode: Expression }
  | { readonly kind: 'escalation'; readonly escalationCode: Expression }
  /** `activityId` null compensates the whole scope. */
  | { readonly kind: 'compensation'; readonly activityId: string | null }
  | { readonly kind: 'link'; readonly name: string }
  | { readonly kind: 'terminate' }
export type ThrowKind = EventThrow['kind']
