import { type BodyFault, Rejection } from '@bihuan/engine'

/** An entry of a request that is not as the interface describes; `limit` is what the sentence ends with. */
export const invalid = (field: string, why: BodyFault, limit?: string | number | readonly string[]): Rejection =>
  new Rejection('BODY_INVALID', { field, why, ...(limit !== undefined && { limit }) })

/** A request whose content cannot be read at all. */
export const unreadable = (why: BodyFault, limit?: string | number): Rejection =>
  new Rejection('BODY_UNREADABLE', { why, ...(limit !== undefined && { limit }) })
