import { type TProperties, type TSchema, Type } from 'typebox'

/** An object with these entries and no other: what is misspelt or not offered here is refused, never lost in silence. */
export const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })

/** What may be absent or null: clients of Camunda write null for all they do not ask for. */
export const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

/** Any JSON object: answers whose shapes are Camunda's to define. */
export const Item = Type.Record(Type.String(), Type.Unknown())

export const Variables = optional(Type.Record(Type.String(), Type.Unknown()))

/** A key on the wire. */
export const Key = Type.String({ pattern: '^[0-9]{1,16}$' })

/** A reference of the caller's own that Camunda keeps with its records; taken and not kept. */
export const operationReference = optional(Type.Integer({ minimum: 1 }))

/** Why somebody does it: kept with the record. Camunda has no place for it. */
export const reason = optional(Type.String({ maxLength: 1000 }))
