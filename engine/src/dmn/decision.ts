import type { Json, Variables } from '../record/json.ts'
import type { Boxed, LiteralExpression, Parameter } from './boxed.ts'
import type { Expression } from './feel.ts'
import type { DecisionTable } from './table.ts'
import type { ItemType } from './type.ts'

/**
 * The executable form of one DMN decision or decision service, made once by `readDecisions`. What it requires stands
 * inside it, so it is evaluated without looking anything up.
 */
export interface Decision {
  readonly id: string
  readonly name: string
  /** Name under which decisions that require this one read its result: its `variable`, else its name, else its id. */
  readonly resultName: string
  /** The decision requirements graph it was read from: the `definitions` of the file. */
  readonly drgId: string
  readonly drgName: string
  readonly logic: DecisionTable | LiteralExpression | Boxed | DecisionService
  /** Type of the result (`typeRef` of its variable); null for any. */
  readonly type: ItemType | null
  /** Decisions evaluated first, in the order of the file; of a decision service, the decisions it gives. */
  readonly requires: readonly Decision[]
  /** Input data it requires, with their types. */
  readonly data: readonly InputData[]
  /** Functions it may call: business knowledge models and decision services. */
  readonly knowledge: readonly Knowledge[]
  /** Every expression of its own logic. */
  readonly expressions: readonly Expression[]
  /** Names its own logic gives values to: entries of contexts, parameters, iterators. */
  readonly locals: readonly string[]
}

export interface InputData {
  readonly id: string
  readonly name: string
  readonly type: ItemType | null
}

/** What a knowledge requirement leads to: something that is called by name (DMN 1.5 §6.3.9, §6.3.10). */
export interface Knowledge {
  readonly id: string
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** A boxed expression over the parameters, or a decision service. */
  readonly body: DecisionTable | LiteralExpression | Boxed | DecisionService
  readonly type: ItemType | null
  /** Functions the body may call. May lead back to this one: a function may call itself. */
  readonly knowledge: readonly Knowledge[]
}

/** DMN 1.5 §6.3.10: some decisions of the graph behind one door. */
export interface DecisionService {
  readonly kind: 'service'
  /** One gives its value; several give a context by their names. */
  readonly outputs: readonly Decision[]
  /** Input data and decisions whose values the caller hands in, in the order of the parameters. */
  readonly data: readonly InputData[]
  readonly given: readonly Decision[]
}

/** What a required decision gave, in the order of evaluation. */
export interface DecisionStep {
  readonly decisionId: string
  readonly rules: readonly string[]
  /** The result; of more than 300 values or 20,000 characters, its size: `{count: 1200}`. */
  readonly value: Json
}

/** A value that did not fit and became null, by where it stands; never the value itself. */
export interface Misfit {
  readonly decisionId: string
  /** Name of the value: of a decision, input, column, entry or parameter. */
  readonly name: string
  /** The type it was to have, as the model names it. */
  readonly type: string
}

/**
 * What a decision gave: the value, the ids of the rules that made it in table order, the names that were read, what the
 * decisions it requires gave, and which values did not fit their type and became null (at most 20 are kept).
 */
export type DecisionOutcome =
  | {
      readonly ok: true
      readonly value: Json
      readonly rules: readonly string[]
      readonly inputs: Variables
      readonly steps: readonly DecisionStep[]
      readonly misfits: readonly Misfit[]
    }
  | { readonly ok: false; readonly message: string; readonly inputs: Variables }
