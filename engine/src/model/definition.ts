import type { Decision } from '../dmn/index.ts'
import type { Expression } from '../feel/index.ts'
import type { Key } from '../record/record.ts'

/**
 * The executable form of one BPMN process: frozen, made once by `compile`, read by every step. All ids are those of the
 * drawing. A scope is the process itself, a sub-process or an event sub-process.
 */
export interface ProcessDefinition {
  /** BPMN process id. */
  readonly id: string
  readonly name: string
  readonly versionTag: string | null
  readonly nodes: { readonly [id: string]: FlowNode }
  readonly flows: { readonly [id: string]: SequenceFlow }
  /** Scope id → what starts in it. The process id is the root scope. */
  readonly scopes: { readonly [id: string]: Scope }
  /** Title of a case (`bihuan:case title`), evaluated at the start. */
  readonly title: Expression | null
  /** Due date of the whole case (`bihuan:case dueDate`), evaluated at the start. */
  readonly dueDate: Expression | null
  /** Prefix of the case number (`bihuan:case numberPrefix`): `SY` gives `SY-2026-0001`; null for none. */
  readonly numberPrefix: string | null
  /** The stages of the ring in drawn order: elements marked `bihuan:stage`. */
  readonly stages: readonly Stage[]
  /** Who may start it from the app (`bihuan:starters` on the none start event); null when only systems start it. */
  readonly starters: readonly CandidateRef[] | null
  /** Form of the none start event. */
  readonly startForm: FormRef | null
}

export interface Stage {
  readonly elementId: string
  readonly name: string
}

/**
 * A candidate as written in a model: `village_clerk` is held in the unit of the case, `township_reviewer@township` in
 * its ancestor of that level.
 */
export interface CandidateRef {
  readonly role: string
  readonly level: string | null
}

export interface FormRef {
  readonly formId: string
}

export interface Scope {
  readonly id: string
  readonly parentId: string | null
  readonly startEventId: string | null
  /** Event sub-processes directly in this scope: node ids of the sub-processes. */
  readonly eventSubProcesses: readonly string[]
}

export interface SequenceFlow {
  readonly id: string
  readonly name: string | null
  readonly sourceId: string
  readonly targetId: string
  readonly condition: Expression | null
}

export interface IoMapping {
  readonly source: Expression
  readonly target: string
}

export interface MultiInstance {
  readonly sequential: boolean
  readonly inputCollection: Expression
  readonly inputElement: string | null
  readonly outputCollection: string | null
  readonly outputElement: Expression | null
  readonly completionCondition: Expression | null
}

/** What every flow node has. */
export interface FlowNodeBase {
  readonly id: string
  readonly name: string | null
  /** Scope the node lies in. */
  readonly scopeId: string
  readonly incoming: readonly string[]
  readonly outgoing: readonly string[]
  readonly inputs: readonly IoMapping[]
  readonly outputs: readonly IoMapping[]
  readonly multiInstance: MultiInstance | null
  /** Boundary events attached to this activity. */
  readonly boundary: readonly string[]
  readonly stage: string | null
}

export type TimerTrigger =
  | { readonly kind: 'date'; readonly expression: Expression }
  | { readonly kind: 'duration'; readonly expression: Expression }
  | { readonly kind: 'cycle'; readonly expression: Expression }

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
  | { readonly kind: 'error'; readonly errorCode: Expression | null }

interface Node<T extends string, V = Record<never, never>> {
  readonly type: T
  readonly own: V
}

/** Flow nodes by BPMN type; what a type needs beyond the base is under `own`. */
export type FlowNode = FlowNodeBase &
  (
    | Node<'bpmn:StartEvent', { readonly trigger: EventTrigger | null; readonly interrupting: boolean }>
    | Node<'bpmn:EndEvent', { readonly kind: 'none' | 'terminate' }>
    | Node<'bpmn:IntermediateCatchEvent', { readonly trigger: EventTrigger }>
    | Node<
        'bpmn:BoundaryEvent',
        { readonly trigger: EventTrigger; readonly interrupting: boolean; readonly attachedTo: string }
      >
    | Node<
        'bpmn:UserTask',
        {
          readonly assignee: Expression | null
          readonly candidateGroups: Expression | null
          readonly candidateUsers: Expression | null
          readonly dueDate: Expression | null
          readonly followUpDate: Expression | null
          readonly priority: Expression | null
          readonly form: FormRef | null
        }
      >
    | Node<'bpmn:ManualTask'>
    | Node<'bpmn:Task'>
    | Node<
        'bpmn:ServiceTask',
        {
          readonly jobType: Expression
          readonly retries: Expression | null
          readonly headers: { readonly [name: string]: string }
        }
      >
    | Node<'bpmn:ScriptTask', { readonly expression: Expression; readonly resultVariable: string }>
    | Node<'bpmn:BusinessRuleTask', { readonly decisionId: string; readonly resultVariable: string }>
    | Node<'bpmn:ExclusiveGateway', { readonly defaultFlow: string | null }>
    | Node<'bpmn:ParallelGateway'>
    | Node<'bpmn:SubProcess', { readonly byEvent: boolean }>
  )
export type ElementType = FlowNode['type']
export type FlowNodeOf<T extends ElementType> = Extract<FlowNode, { type: T }>

/** A process with the resources it refers to, as the host hands it to the engine. */
export interface DefinitionBundle {
  readonly key: Key
  readonly version: number
  readonly process: ProcessDefinition
  /** Decision id → the decision to evaluate, with the key of its version. */
  readonly decisions: { readonly [decisionId: string]: { readonly key: Key; readonly decision: Decision } }
  /** Form id → key of the version to show. */
  readonly forms: { readonly [formId: string]: { readonly key: Key } }
}
