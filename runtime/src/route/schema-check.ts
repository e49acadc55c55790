import { Rejection } from '@bihuan/engine'
import { Ajv, type ValidateFunction } from 'ajv'
import type { TSchema } from 'typebox'

const ajv = new Ajv({ allErrors: false, ownProperties: true, strict: false })
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
ajv.addFormat('date-time', (text) => time.test(text) && !Number.isNaN(Date.parse(text)))

const compiled = new WeakMap<object, ValidateFunction>()

/** Judges a value against a shape of the contract. Throws `BODY_INVALID` naming the field and what was expected. */
export function checkShape(schema: TSchema, value: unknown): void {
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  if (validate(value)) return
  const error = validate.errors?.[0]
  const unknown: unknown = error?.params.additionalProperty ?? error?.params.missingProperty
  const path = (error?.instancePath ?? '').slice(1).replaceAll('/', '.')
  const field = [path, typeof unknown === 'string' ? unknown : ''].filter((part) => part !== '').join('.')
  throw new Rejection('BODY_INVALID', {
    field: field === '' ? 'body' : field.slice(0, 200),
    why: error?.message ?? 'another shape',
  })
}
