import type { Json } from '../record/json.ts'
import type { FieldOption, JsonObject } from './form.ts'

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Own entry of an object; undefined for what only its prototype has. */
export const own = (object: JsonObject | undefined, name: string): Json | undefined =>
  object && Object.hasOwn(object, name) ? object[name] : undefined

/** What form-js submits for a field nobody filled in. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** An option as form-js writes it: `{label, value}`, or a bare value that is its own label. Null when it is neither. */
export function optionOf(value: Json): FieldOption | null {
  const plain = isObject(value) ? own(value, 'value') : value
  if (typeof plain !== 'string' && typeof plain !== 'number' && typeof plain !== 'boolean') return null
  const label = isObject(value) ? own(value, 'label') : null
  return { value: plain, label: typeof label === 'string' && label !== '' ? label : String(plain) }
}
