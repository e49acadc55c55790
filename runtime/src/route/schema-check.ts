import { type BodyFault, Rejection } from '@bihuan/engine'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { TSchema } from 'typebox'
import { invalid } from '../contract/fault.ts'

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
  const errors = validate.errors ?? []
  const [error] = errors
  throw error ? faultOf(error, errors) : invalid('body', 'shape')
}

/** Types of JSON as the catalogue words them; `null` is never what was wanted. */
const types: { readonly [type: string]: string } = { string: 'text' }

const limited: { readonly [keyword: string]: BodyFault } = {
  minimum: 'atLeast',
  maximum: 'atMost',
  minLength: 'charactersAtLeast',
  maxLength: 'charactersAtMost',
  minItems: 'itemsAtLeast',
  maxItems: 'itemsAtMost',
}

function faultOf(error: ErrorObject, all: readonly ErrorObject[]): Rejection {
  const { keyword, params, instancePath } = error
  const name: unknown = params.additionalProperty ?? params.missingProperty
  const path = instancePath.slice(1).replaceAll('/', '.')
  const parts = [path, typeof name === 'string' ? name : ''].filter((part) => part !== '')
  const field = parts.length === 0 ? 'body' : parts.join('.').slice(0, 200)
  const limit = limited[keyword]
  if (limit) return invalid(field, limit, Number(params.limit))
  if (keyword === 'type') return new Rejection('BODY_INVALID', { field, type: types[params.type] ?? params.type })
  if (keyword === 'const') {
    const words = all.flatMap((one) =>
      one.keyword === 'const' && one.instancePath === instancePath ? [String(one.params.allowedValue)] : [],
    )
    return invalid(field, 'oneOf', words)
  }
  if (keyword === 'additionalProperties') return invalid(field, 'unknown')
  if (keyword === 'required') return invalid(field, 'missing')
  if (keyword === 'format') return invalid(field, 'isoTime')
  return invalid(field, keyword === 'pattern' ? 'pattern' : 'shape')
}
