/**
 * A process package as its files (design §12): path below the folder → text. `package.yaml`, one or more `*.bpmn`,
 * `*.dmn`, `*.form`, `fields.yaml`, `parameters.yaml`, `organisation.yaml` (examples only), `scenarios/*.yaml`.
 */
export type PackageFiles = { readonly [name: string]: string }

/** Changes to files that belong together: name → new text, null to remove. */
export type FileChanges = { readonly [name: string]: string | null }

/** A step of a process that people fill or read: a row of the matrix has one cell for each. */
export interface Step {
  readonly elementId: string
  /** File the element stands in. */
  readonly resource: string
  readonly name: string
  readonly kind: 'start' | 'task' | 'action'
  /** Form the step names; null when none is set yet. */
  readonly formId: string | null
  /** As written in the model (`village_clerk,township_reviewer@township`); null when none. */
  readonly candidateGroups: string | null
}
