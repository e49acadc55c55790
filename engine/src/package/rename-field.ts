import type { FieldDictionary } from '../field/dictionary.ts'
import type { JsonObject } from '../form/form.ts'
import { isObject } from '../form/json-object.ts'
import type { Json } from '../record/json.ts'

/**
 * A dictionary and its forms with keys renamed: entries, cells of the matrix, attendance that votes refer to, and the
 * components of those fields. FEEL is left as it is: what reads the old name is for a person to change.
 */
export function renameInForms(
  dictionary: FieldDictionary,
  forms: ReadonlyMap<string, { readonly schema: JsonObject }>,
  renamed: { readonly [key: string]: string },
): { readonly before: FieldDictionary; readonly schemas: ReadonlyMap<string, JsonObject> } {
  if (Object.keys(renamed).length === 0) return { before: dictionary, schemas: new Map() }
  const keys = new Set(dictionary.fields.map(({ key }) => key))
  const newKey = (key: string): string => (keys.has(key) && Object.hasOwn(renamed, key) ? renamed[key]! : key)
  return {
    before: renameKeys(dictionary, renamed),
    schemas: new Map(
      [...forms].map(([id, { schema }]) => [id, { ...schema, components: renameIn(schema.components, newKey) }]),
    ),
  }
}

/** The dictionary under other keys: entries, matrix, and the attendance that votes refer to. */
export function renameKeys(dictionary: FieldDictionary, renamed: { readonly [key: string]: string }): FieldDictionary {
  const newKey = (key: string): string => (Object.hasOwn(renamed, key) ? renamed[key]! : key)
  return {
    fields: dictionary.fields.map((field) => ({
      ...field,
      key: newKey(field.key),
      ...(field.attendance !== undefined && { attendance: newKey(field.attendance) }),
    })),
    access: Object.fromEntries(
      Object.entries(dictionary.access).map(([elementId, row]) => [
        elementId,
        Object.fromEntries(Object.entries(row).map(([key, access]) => [newKey(key), access])),
      ]),
    ),
  }
}

function renameIn(components: Json | undefined, newKey: (key: string) => string): Json[] {
  if (!Array.isArray(components)) return []
  return components.map((component): Json => {
    if (!isObject(component)) return component
    const { type, path, key, properties, attendance } = component
    if (type === 'group' && (path === undefined || path === ''))
      return { ...component, components: renameIn(component.components, newKey) }
    const linked: JsonObject = typeof attendance === 'string' ? { attendance: newKey(attendance) } : {}
    if (typeof key !== 'string' || newKey(key) === key) return { ...component, ...linked }
    const to = newKey(key)
    return {
      ...component,
      ...linked,
      key: to,
      ...(component.id === `Field_${key}` && { id: `Field_${to}` }),
      ...(isObject(properties) && properties.field === key && { properties: { ...properties, field: to } }),
    }
  })
}
