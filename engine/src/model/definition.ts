import type { Decision } from '../dmn/index.ts'
import type { Expression } from '../feel/index.ts'
import type { Key } from '../record/record.ts'
import type { CandidateRef } from './candidate.ts'
import type { EventThrow, EventTrigger } from './event.ts'
import type { JobSpec } from './job.ts'

export type { CandidateRef } from './candidate.ts'
export type { EventThrow, EventTrigger, ThrowKind, TimerTrigger, TriggerKind } from './event.ts'
export type { JobSpec } from './job.ts'

/**
 * The executable form of one BPMN process: frozen, made once by `compile`, read by every step. All ids are those of the
 * drawing. A scope is the process itself, a sub-process or an event sub-process.
 */
export interface ProcessDefinition {
  /** BPMN process id. */
  readonly id: string
  readonly name: string
  readonly versionTag: string | null
  /** `bihuan:case strict`: a missing name or an unlike comparison in an expression is an incident (SPEC FE6). */
  readonly strict: boolean
  /** Execution listeners of the process itself. */
  readonly listeners: ExecutionListeners
  /** How the process may be started: the none start event first, then those that wait for something. */
  readonly startEvents: readonly StartEvent[]
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

/** A start event of the process itself. `trigger` null: started by whoever asks. */
export interface StartEvent {
  readonly elementId: string
  readonly trigger: EventTrigger | null
}

export interface Stage {
  readonly elementId: string
  readonly name: string
}

export interface FormRef {
  readonly formId: string
  readonly binding: Binding
}

export interface Scope {
  readonly id: string
  readonly parentId: string | null
  /** The none start event of a process or sub-process, the only one of an event sub-process; null without one. */
  readonly startEventId: string | null
  /** Event sub-processes directly in this scope: node ids of the sub-processes. */
  readonly eventSubProcesses: readonly string[]
}

export interface SequenceFlow {
  readonly id: string
  /** Position in the file, from 0. */
  readonly index: number
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

/** `zeebe:executionListeners`: jobs done one after another before an element works, and after it has. */
export interface ExecutionListeners {
  readonly start: readonly JobSpec[]
  readonly end: readonly JobSpec[]
}

export type TaskListenerEvent = 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling'

/** `zeebe:taskListeners` of a native user task, in the order of the file. */
export type TaskListeners = { readonly [event in TaskListenerEvent]?: readonly JobSpec[] }

/** What every flow node has. */
export interface FlowNodeBase {
  readonly id: string
  /** Position in the file, from 0. */
  readonly index: number
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
  readonly listeners: ExecutionListeners
  /** `isForCompensation`: outside the flow, activated only to undo the activity whose boundary event names it. */
  readonly isForCompensation: boolean
  /** The activity that undoes this one: what its compensation boundary event is associated with. */
  readonly compensationHandler: string | null
}

/** Which version of a process, decision or form a model means (`bindingType`). */
export type Binding =
  | { readonly kind: 'latest' }
  | { readonly kind: 'deployment' }
  | { readonly kind: 'versionTag'; readonly versionTag: string }

interface Node<T extends string, V = Record<never, never>> {
  readonly type: T
  readonly own: V
}

/** Flow nodes by BPMN type; what a type needs beyond the base is under `own`. */
export type FlowNode = FlowNodeBase &
  (
    | Node<'bpmn:StartEvent', { readonly trigger: EventTrigger | null; readonly interrupting: boolean }>
    | Node<'bpmn:EndEvent', { readonly throws: EventThrow }>
    | Node<'bpmn:IntermediateThrowEvent', { readonly throws: EventThrow }>
    | Node<'bpmn:IntermediateCatchEvent', { readonly trigger: EventTrigger }>
    | Node<
        'bpmn:BoundaryEvent',
        { readonly trigger: EventTrigger; readonly interrupting: boolean; readonly attachedTo: string }
      >
    | Node<
        'bpmn:UserTask',
        {
          /** Without `zeebe:userTask` it is a job for a worker (Zeebe: "Job worker implementation"); null with it. */
          readonly job: JobSpec | null
          readonly listeners: TaskListeners
          readonly assignee: Expression | null
          readonly candidateGroups: Expression | null
          readonly candidateUsers: Expression | null
          readonly dueDate: Expression | null
          readonly followUpDate: Expression | null
          readonly priority: Expression | null
          readonly form: FormRef | null
          /** Key of a form that the worker of its job knows; null for none. */
          readonly formKey: Expression | null
        }
      >
    | Node<'bpmn:ManualTask'>
    | Node<'bpmn:Task'>
    | Node<'bpmn:ServiceTask', JobSpec>
    | Node<'bpmn:SendTask', JobSpec>
    | Node<'bpmn:ReceiveTask', { readonly trigger: EventTrigger }>
    | Node<
        'bpmn:ScriptTask',
        { readonly expression: Expression; readonly resultVariable: string } | { readonly job: JobSpec }
      >
    | Node<
        'bpmn:BusinessRuleTask',
        | { readonly decisionId: string; readonly binding: Binding; readonly resultVariable: string }
        | { readonly job: JobSpec }
      >
    | Node<
        'bpmn:CallActivity',
        {
          readonly processId: Expression
          readonly binding: Binding
          readonly propagateAllParentVariables: boolean
          readonly propagateAllChildVariables: boolean
        }
      >
    | Node<'bpmn:ExclusiveGateway', { readonly defaultFlow: string | null }>
    | Node<'bpmn:ParallelGateway'>
    | Node<'bpmn:InclusiveGateway', { readonly defaultFlow: string | null }>
    | Node<'bpmn:EventBasedGateway'>
    | Node<'bpmn:SubProcess', { readonly byEvent: boolean }>
    | Node<
        'bpmn:AdHocSubProcess',
        {
          /** What may be activated in it, in the order of the file. */
          readonly elements: readonly AdHocElement[]
          /** Gives the ids of those to activate when it is entered; null for none. */
          readonly activeElements: Expression | null
          readonly completionCondition: Expression | null
          readonly cancelRemainingInstances: boolean
          readonly outputCollection: string | null
          readonly outputElement: Expression | null
          /** A worker says what to activate (Zeebe: "Job worker implementation"); null without one. */
          readonly job: JobSpec | null
        }
      >
  )
export type ElementType = FlowNode['type']
export type FlowNodeOf<T extends ElementType> = Extract<FlowNode, { type: T }>

/** An element of an ad-hoc sub-process that may be activated, as its worker and its expressions are told of it. */
export interface AdHocElement {
  readonly elementId: string
  readonly elementName: string | null
  readonly documentation: string | null
  /** `zeebe:properties` */
  readonly properties: { readonly [name: string]: string }
}

/** A process with the resources it refers to, as the host hands it to the engine. */
export interface DefinitionBundle {
  readonly key: Key
  readonly version: number
  readonly process: ProcessDefinition
  /** Decision id → the decision to evaluate, with the key of its version. */
  readonly decisions: { readonly [decisionId: string]: { readonly key: Key; readonly decision: Decision } }
  /** Form id → key of the version to show. */
  readonly forms: { readonly [formId: string]: { readonly key: Key } }
  /** Where call activities find other processes; absent where none is deployed beside this one. */
  readonly others?: DefinitionSource
}

/** The process definitions a host has. The same question at the same time always has the same answer. */
export interface DefinitionSource {
  /** The definition of a key that a fact has named; null when the host does not have it. */
  byKey(key: Key): DefinitionBundle | null
  /** The definition a call activity of `caller` means now; null when there is none. */
  find(processId: string, binding: Binding, caller: DefinitionBundle): DefinitionBundle | null
}
