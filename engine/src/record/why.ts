import type { Json, Variables } from './json.ts'

/** Why something was decided: the rule as written in the model, the values it read, what came out. */
export interface Why {
  /** The rule as source text: a FEEL expression, or the id of a decision. */
  readonly rule: string
  readonly inputs: Variables
  readonly result: Json
  /** Names it read that nothing has, as dotted paths; absent when there were none. */
  readonly missing?: readonly string[]
  /** Values it could not compare or compute with each other, by their types; absent when there were none. */
  readonly unlike?: readonly UnlikeValues[]
}

/** An operator met two values it has no meaning for: the answer was null. */
export interface UnlikeValues {
  readonly operator: string
  readonly left: string
  readonly right: string
}
