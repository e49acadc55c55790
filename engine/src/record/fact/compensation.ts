import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'

/** Facts of what can be undone. */
export interface CompensationFacts {
  /** An activity that can be undone has completed: `elementInstanceKey` is its instance, `scopeKey` the scope it was in. */
  'compensationSubscription.created': {
    readonly elementId: string
    readonly elementInstanceKey: Key
    readonly scopeKey: Key
    /** The activity that undoes it; null for a sub-process, whose inner subscriptions do. */
    readonly handlerId: string | null
    /** The activity's own variables when it completed: its handler begins with them. */
    readonly variables: Variables
  }
  /** `throwKey` is the element instance that asked for it, `handlerKey` the one that undoes; null where inner ones do. */
  'compensationSubscription.triggered': {
    readonly elementId: string
    readonly throwKey: Key
    readonly handlerKey: Key | null
  }
  'compensationSubscription.completed': { readonly elementId: string }
  'compensationSubscription.deleted': { readonly elementId: string }
}
