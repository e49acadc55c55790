import type { AccessMatrix, FieldDictionary, FieldEntry, StepAccess } from '@bihuan/engine'

/**
 * What a change to the model changes in the dictionary. Only what it names is touched, so that it can be taken back
 * after others have changed other fields.
 */
export interface DictionaryPatch {
  readonly add?: readonly FieldEntry[]
  /** Keys of fields that go. */
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
  const fields = [...dictionary.fields.filter((field) => !dropped.includes(field)), ...added]
  const before: { [elementId: string]: { [fieldKey: string]: StepAccess | null } } = {}
  const access: { [elementId: string]: { [fieldKey: string]: StepAccess } } = { ...renamed }
  for (const [elementId, row] of Object.entries(patch.cells ?? {})) {
    const cells = { ...access[elementId] }
    const old: { [fieldKey: string]: StepAccess | null } = {}
    before[elementId] = old
    for (const [key, value] of Object.entries(row)) {
      old[key] = cells[key] ?? null
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
      drop: added.map((field) => field.key),
      cells: before,
      rename: Object.fromEntries(Object.entries(patch.rename ?? {}).map(([from, to]) => [to, from])),
    },
  }
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
