import type { IncidentRetry, Key, ListenerRef } from '../record/record.ts'

export interface Job {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly type: string
  /** What it is offered with again once its incident is resolved. */
  initialRetries: number
  /** Set when the job is a listener. */
  readonly listener: ListenerRef | null
  status: 'created' | 'failed' | 'errorThrown'
}

export interface Incident {
  readonly key: Key
  readonly elementId: string
  readonly elementInstanceKey: Key
  readonly code: string
  readonly jobKey: Key | null
  readonly retry: IncidentRetry
  /** Of a condition that could not be judged: its subscription. */
  readonly subscriptionKey?: Key
}
