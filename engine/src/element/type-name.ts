import type { Json } from '../record/json.ts'

/** The FEEL type of a value. Incidents name types, never values: those may be personal data. */
export function typeName(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return 'context'
  return typeof value
}
