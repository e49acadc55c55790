import type { StepAccess } from '@bihuan/engine'

/** What of an element, field or form differs. Each has its words under `publish.what`. */
export type What =
  | 'name'
  | 'kind'
  | 'who'
  | 'form'
  | 'due'
  | 'condition'
  | 'otherwise'
  | 'wait'
  | 'many'
  | 'stage'
  | 'action'
  | 'job'
  | 'decision'
  | 'call'
  | 'inputs'
  | 'outputs'
  | 'ends'
  | 'caseTitle'
  | 'documentation'
  | 'other'
  | 'group'
  | 'description'
  | 'options'
  | 'unit'
  | 'limits'
  | 'check'
  | 'grade'
  | 'purpose'
  | 'anew'
  | 'columns'
  | 'source'
  | 'required'
  | 'order'
  | 'layout'
  | 'title'
  | 'hitPolicy'
  | 'value'
  | 'mark'

/** One thing that differs: how it was and how it is. Null: there was or is none. */
export interface Detail {
  readonly what: What
  readonly before: string | null
  readonly after: string | null
}

export type ChangeKind = 'added' | 'removed' | 'changed'

/** An element, field, component, decision or parameter that differs. */
export interface Change {
  readonly kind: ChangeKind
  /** Id of the element, key of the field or component, name of the parameter. */
  readonly id: string
  readonly name: string
  /** Of elements: their BPMN type; of components: their form-js type. */
  readonly type: string | null
  readonly details: readonly Detail[]
}

export interface ModelChange {
  readonly resource: string
  readonly before: string | null
  readonly after: string | null
  readonly changes: readonly Change[]
  /** Ids of elements that only moved. */
  readonly moved: readonly string[]
  /** One of them is no BPMN: nothing can be said of what differs. */
  readonly unreadable: boolean
}

export interface CellChange {
  readonly key: string
  readonly name: string
  readonly before: StepAccess
  readonly after: StepAccess
}

/** Cells of the matrix that differ at one step. */
export interface StepChange {
  readonly elementId: string
  readonly name: string
  readonly cells: readonly CellChange[]
}

export interface FormChange {
  readonly kind: ChangeKind
  readonly resource: string
  readonly title: string
  readonly details: readonly Detail[]
  readonly components: readonly Change[]
}

export interface DecisionChange {
  readonly kind: ChangeKind
  readonly resource: string
  readonly name: string
  readonly details: readonly Detail[]
  /** Rows of the table, by kind of change. */
  readonly rows: { readonly added: number; readonly removed: number; readonly changed: number }
}

export interface OtherChange {
  readonly kind: ChangeKind
  readonly resource: string
}

/** All that differs between two versions of a package. */
export interface Comparison {
  readonly models: readonly ModelChange[]
  readonly fields: readonly Change[]
  readonly access: readonly StepChange[]
  readonly forms: readonly FormChange[]
  readonly decisions: readonly DecisionChange[]
  readonly parameters: readonly Change[]
  readonly others: readonly OtherChange[]
}

/** How many places differ: what one is asked to have looked at. */
export function countOf(comparison: Comparison): number {
  const { models, fields, access, forms, decisions, parameters, others } = comparison
  return (
    models.reduce((sum, model) => sum + countOfModel(model), 0) +
    fields.length +
    access.reduce((sum, step) => sum + step.cells.length, 0) +
    forms.reduce((sum, form) => sum + Math.max(1, form.details.length + form.components.length), 0) +
    decisions.length +
    parameters.length +
    others.length
  )
}

/** Places of one drawing; all that only moved count as one. */
export const countOfModel = (model: ModelChange): number =>
  model.unreadable ? 1 : model.changes.length + (model.moved.length > 0 ? 1 : 0)
