import type { JsonObject } from '../form.ts'

/** How the studio offers a field type: data that the form editor and the previews read. Words stand in their catalogue. */
export interface FieldDefinition {
  /** Heading of the palette it stands under. */
  readonly group: 'basic-input' | 'selection' | 'presentation' | 'container'
  /** Name of a lucide icon. */
  readonly icon: string
  /** Members of a new component beside type, id, key and label. */
  readonly create: JsonObject
  /** What can be set, in the order it is shown. */
  readonly properties: readonly EditableProperty[]
}

/** A member of a component that designers set. */
export interface EditableProperty {
  /** Where it stands in the component: `['validate', 'required']`. Its last name is the key of its words. */
  readonly path: readonly string[]
  readonly kind: EditKind
}

/**
 * text: a line. number: a number. decimal: a decimal as text. toggle: yes or no. role, level: a key of the organisation.
 * attendance: key of an attendance field. columns: `[{key, name, kind, required, options, unit}]`.
 * papers: `[{name, required}]`.
 */
export type EditKind = 'text' | 'number' | 'decimal' | 'toggle' | 'role' | 'level' | 'attendance' | 'columns' | 'papers'

export const requiredProperty: EditableProperty = { path: ['validate', 'required'], kind: 'toggle' }
export const multipleProperty: EditableProperty = { path: ['multiple'], kind: 'toggle' }
