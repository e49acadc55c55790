import {
  type AccessMatrix,
  entryMembers,
  type FieldDictionary,
  type FieldEntry,
  type FieldKind,
  isFieldKey,
  type StepAccess,
} from '@bihuan/engine'

/** A change of a dictionary as a value: what it was becomes what it is. Never changes what it is given. */
export type Edit = (dictionary: FieldDictionary) => FieldDictionary

/** A cell of the matrix. */
export interface Cell {
  readonly elementId: string
  readonly key: string
}

/** Members of a field to set; undefined takes a member away. */
export type FieldChange = { readonly [K in keyof FieldEntry]?: FieldEntry[K] | undefined }

/** Sets what people may do with a field at a step. */
export function setAccess(cells: readonly { readonly cell: Cell; readonly access: StepAccess }[]): Edit {
  return ({ fields, access }) => {
    const next: Record<string, Record<string, StepAccess>> = {}
    for (const [elementId, row] of Object.entries(access)) next[elementId] = { ...row }
    for (const { cell, access: granted } of cells) {
      const row = next[cell.elementId] ?? {}
      if (granted === 'none') delete row[cell.key]
      else row[cell.key] = granted
      next[cell.elementId] = row
    }
    return { fields, access: inFieldOrder(next, fields) }
  }
}

/** Access in the order of the fields, without rows that say nothing: the same matrix is the same text. */
function inFieldOrder(
  access: { readonly [elementId: string]: { readonly [key: string]: StepAccess } },
  fields: readonly FieldEntry[],
): AccessMatrix {
  const order = new Map(fields.map((field, index) => [field.key, index]))
  const next: Record<string, Record<string, StepAccess>> = {}
  for (const [elementId, row] of Object.entries(access)) {
    const entries = Object.entries(row)
      .filter(([, granted]) => granted !== 'none')
      .sort(([a], [b]) => (order.get(a) ?? fields.length) - (order.get(b) ?? fields.length))
    if (entries.length > 0) next[elementId] = Object.fromEntries(entries)
  }
  return next
}

/**
 * Puts new fields after another one, else at the end of their group, else at the end.
 * @param after key of the field they follow
 */
export function addFields(entries: readonly FieldEntry[], after: string | null = null): Edit {
  return ({ fields, access }) => {
    const group = entries[0]?.group
    const at = after === null ? lastIndexOf(fields, (field) => field.group === group) : indexOf(fields, after)
    const next = [...fields]
    next.splice(at < 0 ? fields.length : at + 1, 0, ...entries)
    return { fields: next, access }
  }
}

/** Takes a field away, with what every step may do with it and what other fields say of it. */
export function removeField(key: string): Edit {
  return ({ fields, access }) => {
    const left = fields
      .filter((field) => field.key !== key)
      .map((field) => (field.attendance === key ? without(field, ['attendance']) : field))
    const rows = Object.entries(access).map(([elementId, row]) => {
      const { [key]: _, ...rest } = row
      return [elementId, rest] as const
    })
    return { fields: left, access: inFieldOrder(Object.fromEntries(rows), left) }
  }
}

/** Changes members of a field other than its key. */
export function changeField(key: string, change: FieldChange): Edit {
  return ({ fields, access }) => ({
    fields: fields.map((field) => (field.key === key ? changed(field, change) : field)),
    access,
  })
}

function changed(field: FieldEntry, change: FieldChange): FieldEntry {
  const next = { ...field, ...change } as Record<string, unknown>
  for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name]
  return next as unknown as FieldEntry
}

/** A copy of a field without some of its members. */
function without(field: FieldEntry, members: readonly (keyof FieldEntry)[]): FieldEntry {
  return changed(field, Object.fromEntries(members.map((name) => [name, undefined])))
}

/** Whether a field of this kind may have that member. */
export const hasMember = (kind: FieldKind, member: keyof FieldEntry): boolean => entryMembers(kind).has(member)

/**
 * Makes a field one of another kind. What both kinds have stays; what the new one needs is begun.
 * @param begin what a choice begins with, and the first column of a table
 */
export function changeKind(
  key: string,
  kind: FieldKind,
  begin: { readonly options: readonly string[]; readonly column: string },
): Edit {
  return ({ fields, access }) => ({
    fields: fields.map((field) => {
      // Votes add up to an attendance; what is none any more they cannot add up to.
      if (field.attendance === key && kind !== 'attendance') return without(field, ['attendance'])
      if (field.key !== key || field.kind === kind) return field
      // A value to begin with is one of the old kind.
      const kept = without(field, [
        'initial',
        ...(Object.keys(field) as (keyof FieldEntry)[]).filter((member) => !hasMember(kind, member)),
      ])
      return {
        ...kept,
        kind,
        ...((kind === 'choice' || kind === 'choices') &&
          !kept.options && { options: begin.options.map((label, i) => ({ value: `option_${i + 1}`, label })) }),
        ...(kind === 'attachments' && { items: [{ name: field.name }] }),
        ...(kind === 'table' && { columns: [{ key: 'column_1', name: begin.column, kind: 'text' as const }] }),
      }
    }),
    access,
  })
}

/** Moves a field one place up or down among the fields as they are shown, into the next group at the end of its own. */
export function moveField(key: string, by: -1 | 1): Edit {
  return ({ fields, access }) => {
    const shown = groupsOf(fields).flatMap((group) => group.fields)
    const at = shown.findIndex((field) => field.key === key)
    const field = shown[at]
    if (!field) return { fields, access }
    const beside = shown[at + by]
    if (!beside) return { fields, access }
    const next = shown.filter((each) => each !== field)
    if (beside.group === field.group) next.splice(at + by, 0, field)
    else next.splice(at, 0, inGroup(field, beside.group))
    return { fields: next, access: inFieldOrder(access, next) }
  }
}

/** Puts a field before another one, into its group; with `before` null at the end of `group`. */
export function placeField(key: string, before: string | null, group: string | undefined): Edit {
  return ({ fields, access }) => {
    const shown = groupsOf(fields).flatMap((each) => each.fields)
    const field = shown.find((each) => each.key === key)
    if (!field || key === before) return { fields, access }
    const next = shown.filter((each) => each !== field)
    const last = lastIndexOf(next, (each) => each.group === group)
    const at = before === null ? (last < 0 ? next.length : last + 1) : indexOf(next, before)
    next.splice(at, 0, inGroup(field, group))
    return { fields: next, access: inFieldOrder(access, next) }
  }
}

function inGroup(field: FieldEntry, group: string | undefined): FieldEntry {
  return field.group === group ? field : changed(field, { group })
}

/** Gives a group another name; an empty name takes its fields out of any group. */
export function renameGroup(from: string | undefined, to: string): Edit {
  const group = to.trim() === '' ? undefined : to.trim()
  return ({ fields, access }) => ({
    fields: fields.map((field) => (field.group === from ? inGroup(field, group) : field)),
    access,
  })
}

/** Takes away what is said of a step that the process does not have any more. */
export function removeStep(elementId: string): Edit {
  return ({ fields, access }) => {
    const { [elementId]: _, ...rest } = access
    return { fields, access: rest }
  }
}

export interface FieldGroup {
  readonly group: string | undefined
  readonly fields: readonly FieldEntry[]
}

/** Fields by their headings, both in the order in which they first appear. */
export function groupsOf(fields: readonly FieldEntry[]): FieldGroup[] {
  const groups = new Map<string | undefined, FieldEntry[]>()
  for (const field of fields) {
    const list = groups.get(field.group)
    if (list) list.push(field)
    else groups.set(field.group, [field])
  }
  return [...groups].map(([group, list]) => ({ group, fields: list }))
}

/**
 * A key for a field that has a name: the name itself when it is one already, else `field_` and the next free number.
 * @param taken keys that are in use, also by fields about to be added
 */
export function freshKey(taken: ReadonlySet<string>, name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  if (/^[a-z][a-z0-9_]*$/.test(plain) && isFieldKey(plain) && !taken.has(plain)) return plain
  let number = taken.size + 1
  while (taken.has(`field_${number}`)) number += 1
  return `field_${number}`
}

function indexOf(fields: readonly FieldEntry[], key: string): number {
  return fields.findIndex((field) => field.key === key)
}

function lastIndexOf(fields: readonly FieldEntry[], is: (field: FieldEntry) => boolean): number {
  for (let at = fields.length - 1; at >= 0; at -= 1) if (is(fields[at] as FieldEntry)) return at
  return -1
}
