import type { Json } from '../json.ts'
import type { Why } from '../why.ts'

/** Facts of multi-instances. */
export interface MultiInstanceFacts {
  /** `key` is the multi-instance body. The items as read when it was entered; `outputVariable` collects the results. */
  'multiInstance.started': {
    readonly elementId: string
    readonly items: readonly Json[]
    readonly outputVariable: string | null
    readonly why: Why
  }
  /** The collection of a sequential multi-instance reads differently now: the items from here on. */
  'multiInstance.updated': { readonly elementId: string; readonly items: readonly Json[]; readonly why: Why }
  /** One instance has left its result: `index` is 0-based in the output collection. `value` null without one. */
  'multiInstance.collected': { readonly elementId: string; readonly index: number; readonly value: Json }
  /** The completion condition became true: instances still running are terminated. */
  'multiInstance.decided': {
    readonly elementId: string
    readonly completed: number
    readonly total: number
    readonly why: Why
  }
  /** `key` is the multi-instance body: more instances are to be created by a `multiInstance.continue` command. */
  'multiInstance.pending': { readonly elementId: string; readonly created: number; readonly total: number }
}
