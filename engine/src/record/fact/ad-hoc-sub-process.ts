import type { Json } from '../json.ts'
import type { Why } from '../why.ts'

/** Facts of ad-hoc sub-processes. */
export interface AdHocSubProcessFacts {
  /** `key` is the ad-hoc sub-process: its results are collected in this variable from now on. */
  'adHocSubProcess.started': { readonly elementId: string; readonly outputVariable: string | null }
  /** One activation in it has ended and left its result. */
  'adHocSubProcess.collected': { readonly elementId: string; readonly value: Json }
  /** Its completion condition became true, or its worker said so. */
  'adHocSubProcess.decided': {
    readonly elementId: string
    readonly cancelRemainingInstances: boolean
    readonly why: Why | null
  }
}
