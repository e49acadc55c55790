import type { Json } from '../json.ts'
import type { Key } from '../key.ts'

/** What resolving an incident does again. */
export type IncidentRetry = 'activate' | 'complete' | 'job' | 'condition' | 'task'

/** Facts of incidents. */
export interface IncidentFacts {
  'incident.created': {
    readonly elementId: string
    readonly elementName: string | null
    readonly elementInstanceKey: Key
    /** A code of the problem catalogue. */
    readonly code: string
    readonly facts: { readonly [name: string]: Json }
    /** The job whose retries ran out or whose error nobody caught, when that is the cause. */
    readonly jobKey: Key | null
    /** What `incident.resolve` does again: entering the element, leaving it, (with a `jobKey`) the job, or looking at a condition. */
    readonly retry: IncidentRetry
    /** Of a condition: the conditional subscription to look at. */
    readonly subscriptionKey?: Key
  }
  'incident.resolved': { readonly elementId: string; readonly code: string }
}
