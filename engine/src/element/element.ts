import type { ModdleElement } from 'bpmn-moddle'
import type { Expression } from '../feel/index.ts'
import type { CandidateRef, ElementType, EventTrigger, FlowNode, FlowNodeOf, FormRef } from '../model/definition.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Facts } from '../problem/problem.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Candidate, FactKind, FactValues, Key, Why } from '../record/record.ts'

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
  decision(id: string): void
  /** What an event waits for; null (with a problem) when it is missing or not executed at this position. */
  trigger(bo: ModdleElement, position: EventPosition): EventTrigger | null
}

export type EventPosition = 'start' | 'catch' | 'boundary'

/** An expression's value with the reason it had. */
export interface Judged {
  readonly value: Json
  readonly why: Why
}

/** What an element may do while it is activated. Verbs take effect together when the hook has not failed. */
export interface Context {
  /** Key of the element instance. */
  readonly key: Key
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
  /** What a worker gets: the element's own variables when it has input mappings, else all it can see. */
  jobVariables(hasInputs: boolean): Variables
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
      /** Ends all else in the scope first (terminate end event). */
      readonly endsScope: boolean
    }

export const wait: Outcome = { kind: 'wait' }

/** The element is done at once. */
export function complete(what: { variables?: Variables; take?: readonly Taken[]; endsScope?: boolean } = {}): Outcome {
  return {
    kind: 'complete',
    variables: what.variables ?? {},
    take: what.take ?? null,
    endsScope: what.endsScope ?? false,
  }
}

/** What `check` may see of the whole process. */
export interface CheckContext {
  readonly nodes: { readonly [id: string]: FlowNode }
  readonly flow: (id: string) => { readonly id: string; readonly name: string | null; readonly hasCondition: boolean }
  problem(code: ProblemCode, facts?: Facts, severity?: 'error' | 'warning'): void
}

/** ONE ELEMENT, ONE SHAPE (design §4): how a BPMN element is read, checked and activated. */
export interface Behaviour<T extends ElementType = ElementType> {
  readonly type: T
  /** A token rests here until something outside happens: a cycle through it is no endless loop. */
  readonly waits: boolean
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
