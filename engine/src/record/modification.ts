import type { Variables } from './json.ts'
import type { Key } from './key.ts'

/** Which element instances are meant: one by its key, or all active ones of an element. */
export type ElementSelection = { readonly elementInstanceKey: Key } | { readonly elementId: string }

/** Variables set before an element is activated (Camunda 8: "Set variables"). */
export interface VariableInstruction {
  /** The scope whose own they become: the element itself or one around it. Null: they are the process's. */
  readonly scopeId: string | null
  readonly variables: Variables
}

/** Activates an element, in scopes that are there already or are made for it. */
export interface ActivateInstruction {
  readonly elementId: string
  /** The scope instance around it in which it is to be activated; scopes between are made anew. Absent: those that run. */
  readonly ancestorKey?: Key
  readonly variables: readonly VariableInstruction[]
}

/** Terminates an element with what is in it. */
export type TerminateInstruction = ElementSelection

/** Where a move looks for the ancestor of its target (Camunda 8: "ancestor scope instruction"). */
export type MoveAncestor =
  | { readonly kind: 'direct'; readonly key: Key }
  /** The nearest scope around the source that the target lies in, too. */
  | { readonly kind: 'inferred' }
  /** The scope of the source. */
  | { readonly kind: 'sourceParent' }

/** Terminates each source and activates the target once for it. */
export interface MoveInstruction {
  readonly source: ElementSelection
  readonly targetElementId: string
  /** Absent: as for an activation without an ancestor. */
  readonly ancestor?: MoveAncestor
  readonly variables: readonly VariableInstruction[]
}

/** What an operator changes in a running case, all or nothing (Camunda 8: "Process instance modification"). */
export interface Modification {
  readonly activate: readonly ActivateInstruction[]
  readonly move: readonly MoveInstruction[]
  readonly terminate: readonly TerminateInstruction[]
}
