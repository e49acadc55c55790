import { type Static, Type } from 'typebox'

const Time = Type.String({ format: 'date-time' })

/** A case that was moved to an archive package: what it is found by. What it said is in the package alone. */
export const ArchivedCase = Type.Object({
  key: Type.String(),
  number: Type.Union([Type.String(), Type.Null()]),
  processId: Type.String(),
  processName: Type.String(),
  unit: Type.Object({ id: Type.String(), name: Type.String(), level: Type.String() }),
  state: Type.Union([Type.Literal('completed'), Type.Literal('terminated')]),
  startedAt: Time,
  endedAt: Time,
  archivedAt: Time,
  /** Rows of the trail in the package. */
  rows: Type.Integer(),
  bytes: Type.Integer(),
  /** SHA-256 of the package as it was made. */
  digest: Type.String(),
})

/** A page, the case that ended last first. `next`: the cursor of the page that follows; null at the end. */
export const ArchivedCaseList = Type.Object({
  items: Type.Array(ArchivedCase),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type ArchivedCaseList = Static<typeof ArchivedCaseList>
