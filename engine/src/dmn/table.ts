import type { Expression, Value } from './feel.ts'
import type { ItemType } from './type.ts'

/** Hit policies of DMN 1.5 §8.2.8; `C` with an aggregator is `C+`, `C<`, `C>`, `C#`. */
export type HitPolicyName = 'U' | 'A' | 'P' | 'F' | 'R' | 'O' | 'C' | 'C+' | 'C<' | 'C>' | 'C#'

export interface DecisionTable {
  readonly kind: 'table'
  readonly type: ItemType | null
  readonly hitPolicy: HitPolicyName
  readonly inputs: readonly DecisionInput[]
  readonly outputs: readonly DecisionOutput[]
  readonly rules: readonly DecisionRule[]
}

export interface DecisionInput {
  readonly id: string
  readonly label: string | null
  readonly expression: Expression
  /** Type of the values, with the allowed ones (`inputValues`). */
  readonly type: ItemType | null
}

export interface DecisionOutput {
  readonly id: string
  /** Key of the result's context when there are several outputs. */
  readonly name: string
  /** Type of the values, with the allowed ones (`outputValues`). */
  readonly type: ItemType | null
  /** Allowed values in order of priority, for P and O; empty when none are listed. */
  readonly priorities: readonly Value[]
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
