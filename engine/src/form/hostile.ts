import type { Json } from '../record/json.ts'

/** How deep a form's JSON may be. */
export const MAX_NESTING = 40

/** The first entry name that no form has an honest use for. */
export function hostileName(value: Json, depth: number): string | null {
  if (depth > MAX_NESTING) return 'too deep'
  if (value === null || typeof value !== 'object') return null
  if (!Array.isArray(value)) {
    for (const name of Object.keys(value)) if (name === '$ref' || name === '__proto__') return name
  }
  for (const entry of Array.isArray(value) ? value : Object.values(value)) {
    const found = hostileName(entry, depth + 1)
    if (found !== null) return found
  }
  return null
}
