import type { Expression } from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'

/**
 * The executable form of one DMN decision, made once by `readDecisions`. Required decisions stand inside it, so it is
 * evaluated without looking anything up.
 */
export interface Decision {
  readonly id: string
  readonly name: string
  /** Name under which decisions that require this one read its result: its `variable`, else its name, else its id. */
  readonly resultName: string
  /** The decision requirements graph it was read from: the `definitions` of the file. */
  readonly drgId: string
  readonly drgName: string
  readonly logic: DecisionTable | LiteralDecision
  /** Decisions evaluated first, in the order of the file. */
  readonly requires: readonly Decision[]
}

export interface LiteralDecision {
  readonly kind: 'literal'
  readonly expression: Expression
}

/** Hit policies of DMN 1.5 §8.2.8; `C` with an aggregator is `C+`, `C<`, `C>`, `C#`. */
export type HitPolicyName = 'U' | 'A' | 'P' | 'F' | 'R' | 'O' | 'C' | 'C+' | 'C<' | 'C>' | 'C#'

export interface DecisionTable {
  readonly kind: 'table'
  readonly hitPolicy: HitPolicyName
  readonly inputs: readonly DecisionInput[]
  readonly outputs: readonly DecisionOutput[]
  readonly rules: readonly DecisionRule[]
}

export interface DecisionInput {
  readonly id: string
  readonly label: string | null
  readonly expression: Expression
}

export interface DecisionOutput {
  readonly id: string
  /** Key of the result's context when there are several outputs. */
  readonly name: string
  /** Allowed values in order of priority, for P and O; empty when none are listed. */
  readonly priorities: readonly Json[]
  /** Value when no rule matches. */
  readonly fallback: Expression | null
}

export interface DecisionRule {
  readonly id: string
  /** One cell an input; null for "any" (`-` or empty). */
  readonly tests: readonly (Expression | null)[]
  /** One cell an output; null for an empty cell, which gives null. */
  readonly results: readonly (Expression | null)[]
}

/** What a decision gave: the value, the ids of the rules that made it in table order, and the names that were read. */
export type DecisionOutcome =
  | { readonly ok: true; readonly value: Json; readonly rules: readonly string[]; readonly inputs: Variables }
  | { readonly ok: false; readonly message: string; readonly inputs: Variables }
