import type { ModdleElement } from 'bpmn-moddle'
import type { Expression } from '../feel/index.ts'
import type {
  Binding,
  CandidateRef,
  DefinitionBundle,
  ElementType,
  EventThrow,
  EventTrigger,
  FlowNode,
  FlowNodeOf,
  FormRef,
  JobSpec,
} from '../model/definition.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Facts } from '../problem/problem.ts'
import type { Json, Variables } from '../record/json.ts'
import type { AdHocActivation, Candidate, FactKind, FactValues, Key, Why } from '../record/record.ts'

/** Where an event waits: the start of a process, of an event sub-process, in the flow, at an activity, as a receive task. */
export type CatchPosition = 'start' | 'eventSubProcess' | 'catch' | 'boundary' | 'receiveTask'
/** Where an event is thrown: in the flow, or at its end. */
export type ThrowPosition = 'throw' | 'end'

/** What an element may ask while the model is read. Every failing answer has reported its problem already. */
export interface Reader {
  /** Reports a problem of this element. `severity` is error unless told. */
  problem(code: ProblemCode, facts?: Facts, severity?: 'error' | 'warning'): void
  /** The extension element of that type (`zeebe:Script`), if there is one. */
  extension(bo: ModdleElement, type: string): ModdleElement | null
  /** Compiles an attribute: FEEL after `=`, else the literal text; null when absent. */
  expression(text: unknown): Expression | null
  /** As `expression`, but reports `EXPRESSION_MISSING` naming `what` when absent. */
  required(text: unknown, what: string): Expression | null
  /** Compiles a text that is FEEL whether it starts with `=` or not; reports when absent. */
  feel(text: unknown, what: string): Expression | null
  /** A text that must not be an expression; reports `EXPRESSION_MISSING` naming `what`. */
  literal(text: unknown, what: string): Expression | null
  /** The job of a `zeebe:taskDefinition` with its headers and priority; reports `JOB_TYPE_MISSING` when there is none. */
  job(bo: ModdleElement): JobSpec | null
  /** The entries of its `zeebe:taskHeaders`. */
  headers(bo: ModdleElement): JobSpec['headers']
  /** Its `zeebe:jobPriorityDefinition`, else that of its process; null for neither. */
  jobPriority(bo: ModdleElement): Expression | null
  /** The job of a listener of `bo`, with the headers of `bo` under its own; null (with a problem) without a type. */
  listener(bo: ModdleElement, listener: ModdleElement): JobSpec | null
  /** Which version an extension means by its `bindingType`; latest without one. */
  binding(extension: ModdleElement): Binding
  /**
   * A variable name to write to, with `dotted` also an entry of a context (`a.b`); null (with a problem) when it is
   * none, or one that is not to be written: `parameters`, `case`, `loopCounter`.
   */
  variable(text: unknown, what: string, dotted?: boolean): string | null
  candidates(text: unknown): readonly CandidateRef[]
  /** The form of a `zeebe:formDefinition`, kept as a reference to check. */
  form(bo: ModdleElement): FormRef | null
  /** A form id written as an attribute, kept as a reference to check. */
  formId(text: unknown): string | null
  /** A decision id, kept as a reference to check. */
  decision(id: string, binding: Binding): void
  /** A process called by a literal id, kept as a reference to check. */
  process(id: string, binding: Binding): void
  /** What an event waits for; null (with a problem) when it is missing or not executed at this position. */
  trigger(bo: ModdleElement, position: CatchPosition): EventTrigger | null
  /** What an event throws: `none` without a definition; null (with a problem) when it is not executed there. */
  throws(bo: ModdleElement, position: ThrowPosition): EventThrow | null
}

/** An expression's value with the reason it had. */
export interface Judged {
  readonly value: Json
  readonly why: Why
}

/** What an element may do while it is activated. Verbs take effect together when the hook has not failed. */
export interface Context {
  /** Key of the element instance. */
  readonly key: Key
  /** The element in the drawing. */
  readonly elementId: string
  readonly at: number
  /** Key of the process instance. */
  readonly instanceKey: Key
  /** Evaluates in the scope of the element, its own variables first. Throws `Fault`. */
  evaluate(expression: Expression): Json
  judge(expression: Expression): Judged
  /** Condition of an outgoing flow; null when it has none. */
  condition(flowId: string): Expression | null
  /** Evaluates a decision of the bundle and records it; gives its result. Throws `Fault`. */
  decide(decisionId: string): Json
  formKey(formId: string): Key | null
  /** Resolves roles against the unit of the case. Throws `Fault`. */
  resolve(candidates: readonly CandidateRef[]): readonly Candidate[]
  newKey(): Key
  write<K extends FactKind>(kind: K, key: Key, value: FactValues[K]): void
  /** Creates the job of this element; its worker gets the element's own variables when it has input mappings, else all
   * it can see. Further headers go under those of the model. Throws `Fault`. */
  createJob(job: JobSpec, headers?: { readonly [name: string]: string }): void
  /** The definition a call activity means now; null when there is none. Throws `Fault` when calls are nested too deep. */
  findProcess(processId: string, binding: Binding): DefinitionBundle | null
  /** The element's own variables: what its input mappings made. */
  readonly locals: Variables
  /** Gives it further variables of its own. */
  setLocals(variables: Variables): void
  /** What began the process brought these, when this is its start event and maps them out; else none. */
  readonly brought: Variables
  /** Refuses to begin further cases at the end of a long line of cases that have begun one another. Throws `Fault`. */
  checkStartDepth(): void
  /** All variables the element can see. */
  visible(): Variables
  /** Arms the events that follow an event-based gateway, on its behalf. */
  armFollowing(gateway: FlowNode): void
  /** Starts what lies in the scope of a sub-process: its event sub-processes are armed, its start event activated. */
  enterScope(scopeId: string): void
}

/** A flow an element takes, with the reason it chose it. */
export interface Taken {
  readonly flowId: string
  readonly why: Why | null
}

/** What becomes of an element after its `activate`. */
export type Outcome =
  | { readonly kind: 'wait' }
  | {
      readonly kind: 'complete'
      /** What the element produced: mapped or propagated like the result of a job. */
      readonly variables: Variables
      /** Flows to take; null for all outgoing. */
      readonly take: readonly Taken[] | null
    }
  /** Throws an error from here outwards; uncaught it is an incident. */
  | { readonly kind: 'throwError'; readonly errorCode: string }
  /** Throws an escalation from here outwards, then completes unless a catcher ended the element; uncaught it passes. */
  | { readonly kind: 'escalate'; readonly escalationCode: string }
  /** Undoes the completed activities of the scope, or one of them; completes when all is undone. */
  | { readonly kind: 'compensate'; readonly activityId: string | null }
  /** Begins elements of this ad-hoc sub-process, each on its own; it stays active. */
  | { readonly kind: 'activate'; readonly elements: readonly AdHocActivation[] }
  /** Creates this user task, when its task listeners let it. */
  | { readonly kind: 'createTask'; readonly task: FactValues['userTask.created'] }
  /** Begins another process inside this call activity, with these variables. */
  | {
      readonly kind: 'call'
      readonly definition: DefinitionBundle
      readonly variables: Variables
      readonly why: Why | null
    }

export const wait: Outcome = { kind: 'wait' }

/** The element is done at once. */
export function complete(what: { variables?: Variables; take?: readonly Taken[] } = {}): Outcome {
  return { kind: 'complete', variables: what.variables ?? {}, take: what.take ?? null }
}

/** What `check` may see of the whole process. */
export interface CheckContext {
  readonly nodes: { readonly [id: string]: FlowNode }
  readonly flow: (id: string) => {
    readonly id: string
    readonly name: string | null
    readonly targetId: string
    readonly hasCondition: boolean
  }
  problem(code: ProblemCode, facts?: Facts, severity?: 'error' | 'warning'): void
}

/** ONE ELEMENT, ONE SHAPE (design §4): how a BPMN element is read, checked and activated. */
export interface Behaviour<T extends ElementType = ElementType> {
  readonly type: T
  /** A token rests here until something outside happens: a cycle through it is no endless loop. */
  readonly waits: boolean | ((node: FlowNodeOf<T>) => boolean)
  /** Properties of the moddle element that this element executes, beyond those every flow node has. */
  readonly properties: readonly string[]
  /** Extension elements (`zeebe:Script`) it executes, beyond io mappings, stages and documentation. */
  readonly extensions: readonly string[]
  /** Reads what the type needs beyond the base; null when a problem was reported. */
  readonly read: (bo: ModdleElement, reader: Reader) => FlowNodeOf<T>['own'] | null
  readonly check?: (node: FlowNodeOf<T>, context: CheckContext) => void
  readonly activate: (node: FlowNodeOf<T>, context: Context) => Outcome
}

/** Types a behaviour by its element. */
export function element<T extends ElementType>(behaviour: Behaviour<T>): Behaviour<T> {
  return behaviour
}
