/** One unit of the organisation on the way from the unit of the case to the root. */
export interface UnitRef {
  readonly id: string
  readonly name: string
  /** `village`, `township`, `district`, … as the organisation names its levels. */
  readonly level: string
}

/** A role in a unit: everyone who holds it there may take the task. */
export interface Candidate {
  readonly role: string
  readonly unitId: string
}
