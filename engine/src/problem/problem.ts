import type { ProblemCode } from './catalog.ts'

/** Facts that fill the sentence of a code, by placeholder name. No personal data: texts reach logs. */
export type Facts = { readonly [name: string]: string | number | boolean | null | readonly string[] }

/** A finding about a model, pinned to the element (Problem of design §9). Errors refuse a deployment, warnings do not. */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  /** Name of the resource: file name of the BPMN, DMN or form. */
  readonly resource: string
  readonly elementId: string | null
  readonly elementName: string | null
  readonly facts: Facts
}

/** One answer of a form that cannot be taken. `field` is the path of the field as written in the form: `votes[2].name`. */
export interface FieldError {
  readonly field: string
  readonly label: string | null
  readonly code: ProblemCode
  readonly facts: Facts
}

/** A command or request that is refused. Nothing has changed. */
export class Rejection extends Error {
  readonly code: ProblemCode
  readonly facts: Facts
  readonly fields: readonly FieldError[]
  readonly problems: readonly Problem[]

  constructor(
    code: ProblemCode,
    facts: Facts = {},
    detail: { fields?: readonly FieldError[]; problems?: readonly Problem[] } = {},
  ) {
    super(code)
    this.name = 'Rejection'
    this.code = code
    this.facts = facts
    this.fields = detail.fields ?? []
    this.problems = detail.problems ?? []
  }
}
