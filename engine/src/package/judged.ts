import type { Decision } from '../dmn/index.ts'
import type { FieldDictionary } from '../field/dictionary.ts'
import type { Form } from '../form/index.ts'
import type { ProcessDefinition } from '../model/definition.ts'
import type { Problem } from '../problem/problem.ts'
import type { Variables } from '../record/json.ts'
import type { PackageFile } from './package-file.ts'
import type { ParameterDeclaration } from './parameters-file.ts'

export interface JudgedProcess {
  readonly process: ProcessDefinition
  readonly xml: string
  readonly resource: string
}

export interface JudgedDecision {
  readonly decision: Decision
  readonly xml: string
  readonly resource: string
}

export interface JudgedForm {
  readonly id: string
  readonly title: string | null
  readonly schema: Variables
  readonly form: Form
  /** The file as written. */
  readonly text: string
  readonly resource: string
}

/** A package as judged: what would be deployed, and everything that speaks against it. */
export interface JudgedPackage {
  readonly processes: readonly JudgedProcess[]
  readonly decisions: readonly JudgedDecision[]
  readonly forms: readonly JudgedForm[]
  /** `package.yaml`; null when there is none that can be read. */
  readonly package: PackageFile | null
  /** `parameters.yaml`. */
  readonly parameters: readonly ParameterDeclaration[] | null
  /** `fields.yaml`. */
  readonly fields: FieldDictionary | null
  readonly problems: readonly Problem[]
}
