/**
 * A candidate as written in a model: `village_clerk` is held in the unit of the case, `township_reviewer@township` in
 * its ancestor of that level.
 */
export interface CandidateRef {
  readonly role: string
  readonly level: string | null
}
