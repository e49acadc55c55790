/** A unit as people see it. */
export interface UnitName {
  readonly id: string
  readonly name: string
  readonly level: string
}

/** A role held in a unit. */
export interface Position {
  readonly role: string
  readonly roleName: string
  readonly unit: UnitName
}

export interface Person {
  readonly type: 'person'
  readonly id: string
  readonly name: string
  readonly username: string
  readonly positions: readonly Position[]
}

/** Another system, known by id and secret. */
export interface Client {
  readonly type: 'client'
  readonly id: string
  readonly name: string
}

export interface Anonymous {
  readonly type: 'anonymous'
}

/** Who asks. */
export type Who = Anonymous | Person | Client

export const anonymous: Anonymous = { type: 'anonymous' }
