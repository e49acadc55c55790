import type { Key } from './key.ts'
import type { Candidate } from './organisation.ts'

/** An act that people may start on a running case from its page: a waiting message with a form and who may send it. */
export interface CaseAction {
  readonly label: string
  readonly formId: string | null
  readonly formKey: Key | null
  readonly candidates: readonly Candidate[]
}
