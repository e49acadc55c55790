import type { CaseAction } from '../case-action.ts'
import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'
import type { Why } from '../why.ts'

/** Facts of events that wait for a time. */
export interface TimerFacts {
  'timer.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly dueAt: number
    readonly interrupting: boolean
    /** Further firings after this one; -1 for endless. */
    readonly repetitions: number
    /** ISO 8601 duration between firings; null for one firing. */
    readonly interval: string | null
    /** The cron expression it follows instead of an interval. */
    readonly cron?: string
    /** A repeating timer does not fire after this. */
    readonly endAt?: number
    readonly why: Why | null
  }
  'timer.triggered': { readonly elementId: string; readonly dueAt: number }
  'timer.canceled': { readonly elementId: string }
}

/** Facts of events that wait for a message, a signal or a condition. */
export interface SubscriptionFacts {
  'messageSubscription.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly messageName: string
    readonly correlationKey: string
    readonly interrupting: boolean
    readonly action: CaseAction | null
  }
  'messageSubscription.correlated': {
    readonly elementId: string
    readonly messageName: string
    readonly messageKey: Key
    readonly variables: Variables
    /** False when the subscription stays open (non-interrupting). */
    readonly closed: boolean
  }
  'messageSubscription.deleted': { readonly elementId: string; readonly messageName: string }

  /** A signal leaves the case: the host hands it to every subscription of that name, those of this case too. */
  'signal.broadcast': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly signalName: string
    readonly variables: Variables
  }
  'signalSubscription.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly signalName: string
    readonly interrupting: boolean
  }
  'signalSubscription.triggered': {
    readonly elementId: string
    readonly signalName: string
    readonly signalKey: Key
    readonly variables: Variables
    /** False when the event does not interrupt: the subscription stays open. */
    readonly closed: boolean
  }
  'signalSubscription.deleted': { readonly elementId: string; readonly signalName: string }

  'conditionalSubscription.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly interrupting: boolean
  }
  'conditionalSubscription.triggered': { readonly elementId: string; readonly closed: boolean; readonly why: Why }
  'conditionalSubscription.deleted': { readonly elementId: string }
}
