import type { CaseAction, Key } from '../record/record.ts'

export interface Timer {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly dueAt: number
  readonly interrupting: boolean
  readonly repetitions: number
  readonly interval: string | null
  // Only of a timer that follows a cron expression, and of one that ends.
  readonly cron?: string
  readonly endAt?: number
}

interface SubscriptionBase {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly interrupting: boolean
}

/** An event that waits for something: a message, a signal, or a condition to become true. */
export type Subscription = MessageSubscription | SignalSubscription | ConditionalSubscription

export interface MessageSubscription extends SubscriptionBase {
  readonly kind: 'message'
  readonly messageName: string
  readonly correlationKey: string
  readonly action: CaseAction | null
}

export interface SignalSubscription extends SubscriptionBase {
  readonly kind: 'signal'
  readonly signalName: string
}

export interface ConditionalSubscription extends SubscriptionBase {
  readonly kind: 'conditional'
}
