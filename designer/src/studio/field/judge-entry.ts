import {
  accessAt,
  compileExpression,
  type FieldDictionary,
  type FieldEntry,
  type Problem,
  readDictionary,
  writeDictionary,
} from '@bihuan/engine'

/**
 * What the reader of `fields.yaml` would say of a field: it is asked before the field is kept, because one field that
 * cannot be read makes the whole dictionary unreadable.
 */
export function judgeEntry(entry: FieldEntry, dictionary: FieldDictionary): readonly Problem[] {
  const attendance = dictionary.fields.filter((field) => field.key === entry.attendance && field.key !== entry.key)
  return readDictionary(writeDictionary({ fields: [...attendance, entry], access: {} }), 'fields.yaml').problems
}

/** What is wrong with a check while it is typed: where it cannot be read, or the names that nothing has. */
export type CheckFault = { readonly at: number } | { readonly unknown: readonly string[] } | null

/**
 * Judges a check as it is typed, with the names that are known where it runs: the fields of the dictionary and what every
 * case has.
 */
export function judgeCheck(source: string, dictionary: FieldDictionary): CheckFault {
  const text = source.trim().replace(/^=/, '')
  if (text === '') return null
  const compiled = compileExpression(text)
  if ('error' in compiled) return { at: Math.min(compiled.at + 1, text.length) }
  const known = new Set([...dictionary.fields.map((field) => field.key), 'case', 'parameters'])
  const unknown = [...new Set(compiled.expression.reads.map((path) => path[0] ?? ''))].filter(
    (name) => !known.has(name),
  )
  return unknown.length > 0 ? { unknown } : null
}

/** How many steps show a field. */
export function stepsWith(dictionary: FieldDictionary, key: string): number {
  return Object.keys(dictionary.access).filter((elementId) => accessAt(dictionary, elementId, key) !== 'none').length
}
