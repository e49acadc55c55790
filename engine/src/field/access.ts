import type { FieldDictionary, StepAccess } from './dictionary.ts'

/**
 * Access of every field of the dictionary at one step, `none` where the matrix says nothing: what `shapeForm` takes. An
 * attendance, a vote or a table is one field: its members follow it.
 */
export function accessOf(dictionary: FieldDictionary, elementId: string): { readonly [field: string]: StepAccess } {
  return Object.fromEntries(dictionary.fields.map(({ key }) => [key, accessAt(dictionary, elementId, key)]))
}

/** Access of one field at one step. */
export function accessAt({ access }: FieldDictionary, elementId: string, key: string): StepAccess {
  const row = Object.hasOwn(access, elementId) ? access[elementId]! : {}
  return Object.hasOwn(row, key) ? row[key]! : 'none'
}

const strength: { readonly [access in StepAccess]: number } = { none: 0, read: 1, write: 2, required: 3 }

/** The access of two that allows more; of equals either. */
export const stronger = (a: StepAccess = 'none', b: StepAccess = 'none'): StepAccess =>
  strength[b] > strength[a] ? b : a
