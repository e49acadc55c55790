import type { AccessMatrix, FieldDictionary, FieldEntry, StepAccess } from '@bihuan/engine'

/**
 * What a change to the model changes in the dictionary. Only what it names is touched, so that it can be taken back
 * after others have changed other fields.
 */
export interface DictionaryPatch {
  readonly add?: readonly FieldEntry[]
  /** Keys of the fields that added ones stand behind; null for the first of all. Others stand at the end. */
  readonly behind?: { readonly [fieldKey: string]: string | null }
  /** Keys of fields that go, with what every step may do with them. */
  readonly drop?: readonly string[]
  /** Cells to set; null clears a cell. */
  readonly cells?: { readonly [elementId: string]: { readonly [fieldKey: string]: StepAccess | null } }
  /** Rows that take another element's place: old id → new id. */
  readonly rename?: { readonly [from: string]: string }
}

/** The dictionary with a patch, and the patch that takes it back. A field that is there already is left as it is. */
export function applyPatch(
  dictionary: FieldDictionary,
  patch: DictionaryPatch,
): { dictionary: FieldDictionary; inverse: DictionaryPatch } {
  const renamed = renameRows(dictionary.access, patch.rename ?? {})
  const known = new Set(dictionary.fields.map((field) => field.key))
  const added = (patch.add ?? []).filter((field) => !known.has(field.key))
  const dropped = dictionary.fields.filter((field) => patch.drop?.includes(field.key))
  const fields = dictionary.fields.filter((field) => !dropped.includes(field))
  for (const field of added) fields.splice(placeOf(field.key, fields, patch.behind), 0, field)
  const before: { [elementId: string]: { [fieldKey: string]: StepAccess | null } } = {}
  const access: { [elementId: string]: { [fieldKey: string]: StepAccess } } = { ...renamed }
  for (const [elementId, row] of [...cellsOf(renamed, dropped), ...Object.entries(patch.cells ?? {})]) {
    const cells = { ...access[elementId] }
    const old = { ...before[elementId] }
    before[elementId] = old
    for (const [key, value] of Object.entries(row)) {
      // A cell that is named twice goes back to what it was first.
      if (!Object.hasOwn(old, key)) old[key] = cells[key] ?? null
      if (value === null) delete cells[key]
      else cells[key] = value
    }
    if (Object.keys(cells).length > 0) access[elementId] = cells
    else delete access[elementId]
  }
  return {
    dictionary: { fields, access },
    inverse: {
      add: dropped,
      behind: Object.fromEntries(dropped.map((field) => [field.key, fieldBefore(dictionary, field)])),
      drop: added.map((field) => field.key),
      cells: before,
      rename: Object.fromEntries(Object.entries(patch.rename ?? {}).map(([from, to]) => [to, from])),
    },
  }
}

/** Where a field comes to stand: behind the one it is to follow, at the end when that is not there. */
function placeOf(key: string, fields: readonly FieldEntry[], behind: DictionaryPatch['behind'] = {}): number {
  const before = behind[key]
  if (before === null) return 0
  const at = fields.findIndex((field) => field.key === before)
  return at < 0 ? fields.length : at + 1
}

const fieldBefore = ({ fields }: FieldDictionary, field: FieldEntry): string | null =>
  fields[fields.indexOf(field) - 1]?.key ?? null

/** What clears the cells of fields, row by row. */
function cellsOf(access: AccessMatrix, fields: readonly FieldEntry[]): [string, { [fieldKey: string]: null }][] {
  return Object.entries(access).flatMap(([elementId, row]) => {
    const own = fields.filter(({ key }) => Object.hasOwn(row, key))
    return own.length > 0 ? [[elementId, Object.fromEntries(own.map(({ key }) => [key, null]))]] : []
  })
}

function renameRows(access: AccessMatrix, rename: { readonly [from: string]: string }): AccessMatrix {
  return Object.fromEntries(Object.entries(access).map(([elementId, row]) => [rename[elementId] ?? elementId, row]))
}

/** Whether a patch changes nothing. */
export const isEmptyPatch = (patch: DictionaryPatch): boolean =>
  !patch.add?.length &&
  !patch.drop?.length &&
  Object.keys(patch.cells ?? {}).length === 0 &&
  Object.keys(patch.rename ?? {}).length === 0

/** Cells that clear the rows of elements that go. */
export function clearedRows(
  access: AccessMatrix,
  elementIds: readonly string[],
): NonNullable<DictionaryPatch['cells']> {
  return Object.fromEntries(
    elementIds.flatMap((id) => {
      const row = access[id]
      return row ? [[id, Object.fromEntries(Object.keys(row).map((key) => [key, null]))] as const] : []
    }),
  )
}
