import type { Expression } from './feel.ts'
import type { DecisionTable } from './table.ts'
import type { ItemType } from './type.ts'

/** Boxed expressions of DMN 1.5 §10.2.2, beside decision tables. `type` is what their value must conform to. */
export type Boxed =
  | BoxedContext
  | BoxedInvocation
  | BoxedList
  | Relation
  | BoxedFunction
  | Conditional
  | Filter
  | For
  | Quantified

export interface Parameter {
  readonly name: string
  readonly type: ItemType | null
}

/** Any expression a decision may be made of. */
export type Logic = DecisionTable | LiteralExpression | Boxed

export interface LiteralExpression {
  readonly kind: 'literal'
  readonly type?: ItemType | null
  readonly expression: Expression
}

/** Entries, each of which sees the ones before; `result` is its value instead of the context of its entries. */
export interface BoxedContext {
  readonly kind: 'context'
  readonly type: ItemType | null
  readonly entries: readonly { readonly name: string; readonly type: ItemType | null; readonly value: Logic }[]
  readonly result: Logic | null
}

export interface BoxedInvocation {
  readonly kind: 'invocation'
  readonly type: ItemType | null
  /** A function by its name, else logic that gives one. */
  readonly called: string | Logic
  readonly bindings: readonly { readonly name: string; readonly value: Logic | null }[]
}

export interface BoxedList {
  readonly kind: 'list'
  readonly type: ItemType | null
  readonly items: readonly Logic[]
}

/** A list of contexts, written as a table. */
export interface Relation {
  readonly kind: 'relation'
  readonly type: ItemType | null
  readonly columns: readonly Parameter[]
  readonly rows: readonly (readonly Logic[])[]
}

export interface BoxedFunction {
  readonly kind: 'function'
  readonly type: ItemType | null
  readonly parameters: readonly Parameter[]
  /** Type of what it gives. */
  readonly result: ItemType | null
  readonly body: Logic
}

/** DMN 1.4 and later, with the three below. */
export interface Conditional {
  readonly kind: 'conditional'
  readonly type: ItemType | null
  readonly condition: Logic
  readonly consequence: Logic
  readonly alternative: Logic
}

/** Those items of a list that match; the match reads `item` and the entries of an item that is a context. */
export interface Filter {
  readonly kind: 'filter'
  readonly type: ItemType | null
  readonly list: Logic
  readonly match: Logic
}

/** A value for each item; it reads the items before as `partial`. */
export interface For {
  readonly kind: 'for'
  readonly type: ItemType | null
  readonly iterator: string
  readonly itemType: ItemType | null
  readonly list: Logic
  readonly result: Logic
}

export interface Quantified {
  readonly kind: 'some' | 'every'
  readonly type: ItemType | null
  readonly iterator: string
  readonly itemType: ItemType | null
  readonly list: Logic
  readonly test: Logic
}
