import type { FieldDictionary, FieldEntry } from '@bihuan/engine'
import { groupsOf } from './edit.ts'

/** A line of the table. `id` stays the same while lines come and go around it. */
export type Row =
  | {
      readonly kind: 'group'
      readonly id: string
      readonly group: string | undefined
      readonly count: number
      readonly folded: boolean
    }
  | { readonly kind: 'field'; readonly id: string; readonly group: string | undefined; readonly field: FieldEntry }
  | { readonly kind: 'add'; readonly id: string; readonly group: string | undefined }

export interface View {
  /** What is looked for in names, keys and groups. */
  readonly search: string
  /** Groups that are folded; while something is looked for none is. */
  readonly folded: ReadonlySet<string>
  /** The group that a new field is written for; undefined when none is. `''` stands for no group. */
  readonly adding: string | undefined
}

const nameOf = (group: string | undefined): string => group ?? ''
export const groupId = (group: string | undefined): string => `group:${nameOf(group)}`
export const fieldId = (key: string): string => `field:${key}`

/** The lines of the table for a dictionary and what is folded, looked for and being added. */
export function rowsOf(dictionary: FieldDictionary, view: View): Row[] {
  const wanted = view.search.trim().toLowerCase()
  const rows: Row[] = []
  const groups = groupsOf(dictionary.fields)
  // A field may be added to a group that has none yet.
  if (view.adding !== undefined && !groups.some(({ group }) => nameOf(group) === view.adding))
    groups.push({ group: view.adding === '' ? undefined : view.adding, fields: [] })
  for (const { group, fields } of groups) {
    const found = wanted === '' ? fields : fields.filter((field) => matches(field, wanted))
    const adding = view.adding === nameOf(group)
    if (found.length === 0 && !adding) continue
    const folded = wanted === '' && !adding && view.folded.has(nameOf(group))
    rows.push({ kind: 'group', id: groupId(group), group, count: found.length, folded })
    if (!folded) for (const field of found) rows.push({ kind: 'field', id: fieldId(field.key), group, field })
    if (adding) rows.push({ kind: 'add', id: `add:${nameOf(group)}`, group })
  }
  return rows
}

function matches({ name, key, group, purpose, description }: FieldEntry, wanted: string): boolean {
  return [name, key, group, purpose, description].some((text) => text?.toLowerCase().includes(wanted))
}
