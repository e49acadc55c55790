import type { Variables } from '../json.ts'
import type { Key } from '../key.ts'
import type { Why } from '../why.ts'

/** What comes when all that was to be canceled in an element instance is. */
export type Afterwards =
  /** It is terminated; then the boundary event that interrupted it goes on, when one did. */
  | {
      readonly kind: 'terminate'
      readonly boundary: { readonly eventId: string; readonly variables: Variables } | null
    }
  /** The event sub-process that interrupted it begins. */
  | { readonly kind: 'eventSubProcess'; readonly subProcessId: string; readonly variables: Variables }
  /** It completes: a multi-instance body whose condition is met. */
  | { readonly kind: 'complete' }
  /** The case ends. */
  | { readonly kind: 'cancel'; readonly reason: string }

/** Facts of element instances and of the flow between them. */
export interface ElementFacts {
  /** `key` is the element instance; `scopeKey` its scope (the process instance's key at the top). */
  'element.activated': {
    readonly elementId: string
    /**
     * BPMN type as `bpmn:UserTask`; the body of a multi-instance has `multiInstanceBody`, one activation in an ad-hoc
     * sub-process `adHocSubProcessInnerInstance`.
     */
    readonly elementType: string
    readonly name: string | null
    readonly scopeKey: Key
    /** Element instances whose completion, trigger or activation led here. */
    readonly causes: readonly Key[]
    /** 1-based position in a multi-instance; null elsewhere. */
    readonly loopCounter: number | null
    /** True when this element opens a stage of the ring. */
    readonly stage: boolean
    /** Only of a called process (`elementType` `bpmn:Process`): the definition that what is in it belongs to. */
    readonly definitionKey?: Key
  }
  'element.completed': { readonly elementId: string; readonly scopeKey: Key }
  'element.terminated': { readonly elementId: string; readonly scopeKey: Key }
  /**
   * `key` ends when the listeners of user tasks in it, which are being canceled, are done; `then` says what comes then.
   */
  'element.ending': { readonly elementId: string; readonly then: Afterwards }
  /** `key` is a scope: `elementId` (an event sub-process or terminate end event) ended all else in it. */
  'scope.interrupted': { readonly elementId: string }
  'sequenceFlow.taken': {
    readonly flowId: string
    readonly scopeKey: Key
    readonly source: Key
    readonly targetId: string
    readonly why: Why | null
  }
  /** A token waits at a joining gateway (`elementId`) for the flows still missing. */
  'join.arrived': { readonly elementId: string; readonly scopeKey: Key; readonly flowId: string; readonly source: Key }
  'variables.set': { readonly scopeKey: Key; readonly variables: Variables }
  /** `key` is the call activity. The called process follows as an element instance in it. */
  'callActivity.called': {
    readonly elementId: string
    readonly processId: string
    readonly definitionKey: Key
    readonly version: number
    readonly why: Why | null
  }
  /** `key` is the element instance that threw it; `catcherId` the event that catches it, null when nothing does. */
  'error.thrown': { readonly elementId: string; readonly errorCode: string; readonly catcherId: string | null }
  'escalation.thrown': {
    readonly elementId: string
    readonly escalationCode: string
    readonly catcherId: string | null
  }
  'decision.evaluated': {
    readonly elementId: string
    readonly decisionId: string
    readonly decisionKey: Key
    readonly why: Why
    /** Ids of the rules that matched, in order. */
    readonly rules: readonly string[]
  }
}
