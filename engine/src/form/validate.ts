import { RE2JS } from 're2js'
import type { Json } from '../record/json.ts'
import type { JsonObject, SchemaFault } from './form.ts'
import { isObject, own } from './json-object.ts'
import { sameJson } from './paths.ts'

const patterns = new Map<string, RE2JS>()

function patternOf(source: string): RE2JS {
  let pattern = patterns.get(source)
  if (!pattern) {
    if (patterns.size > 1_000) patterns.clear()
    pattern = RE2JS.compile(source)
    patterns.set(source, pattern)
  }
  return pattern
}

/** Whether a pattern of a form fits somewhere in a text, in linear time; null when it cannot be read. */
export function fitsPattern(source: string, text: string): boolean | null {
  try {
    return patternOf(source).matcher(text).find()
  } catch {
    return null
  }
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

/**
 * Validates against the keywords that field types use: type, enum, minLength, maxLength, pattern, minimum,
 * maximum, items, minItems, maxItems, uniqueItems, properties, required, additionalProperties. For places without a full validator: trial runs in
 * the browser, where no code may be made from text, and scenarios. Patterns run in linear time. Stops at the first fault.
 */
export function validateBySchema(schema: JsonObject, value: Json): readonly SchemaFault[] {
  const fault = faultIn(schema, value, '')
  return fault ? [fault] : []
}

function faultIn(schema: JsonObject, value: Json, at: string): SchemaFault | null {
  const fault = (keyword: string, params: SchemaFault['params'] = {}): SchemaFault => ({
    instancePath: at,
    keyword,
    params,
  })
  const number = (keyword: string): number | null => (typeof schema[keyword] === 'number' ? schema[keyword] : null)
  const { type, enum: values, pattern } = schema
  if (typeof type === 'string' && !isOfType(value, type)) return fault('type', { type })
  if (Array.isArray(type) && !type.some((one) => isOfType(value, String(one)))) return fault('type', { type })
  if (Array.isArray(values) && !values.some((one) => sameJson(one, value)))
    return fault('enum', { allowedValues: values })
  if (typeof value === 'number') {
    const least = number('minimum')
    if (least !== null && value < least) return fault('minimum', { limit: least })
    const most = number('maximum')
    if (most !== null && value > most) return fault('maximum', { limit: most })
  }
  if (typeof value === 'string') {
    const length = [...value].length
    const [least, most] = [number('minLength'), number('maxLength')]
    if (least !== null && length < least) return fault('minLength', { limit: least })
    if (most !== null && length > most) return fault('maxLength', { limit: most })
    if (typeof pattern === 'string' && !patternOf(pattern).matcher(value).find()) return fault('pattern', { pattern })
  }
  if (Array.isArray(value)) {
    const [least, most] = [number('minItems'), number('maxItems')]
    if (least !== null && value.length < least) return fault('minItems', { limit: least })
    if (most !== null && value.length > most) return fault('maxItems', { limit: most })
    if (
      schema.uniqueItems === true &&
      value.some((item, i) => value.slice(0, i).some((other) => sameJson(item, other)))
    )
      return fault('uniqueItems')
    if (isObject(schema.items)) {
      for (const [i, item] of value.entries()) {
        const inner = faultIn(schema.items, item, `${at}/${i}`)
        if (inner) return inner
      }
    }
  }
  if (isObject(value)) {
    const properties = isObject(schema.properties) ? schema.properties : {}
    const missing = Array.isArray(schema.required)
      ? schema.required.find((name) => !Object.hasOwn(value, String(name)))
      : undefined
    if (missing !== undefined) return fault('required', { missingProperty: missing })
    for (const [name, entry] of Object.entries(value)) {
      const inner = own(properties, name)
      if (isObject(inner)) {
        const found = faultIn(inner, entry, `${at}/${name}`)
        if (found) return found
      } else if (schema.additionalProperties === false)
        return fault('additionalProperties', { additionalProperty: name })
    }
  }
  return null
}
