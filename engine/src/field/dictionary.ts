import type { Json } from '../record/json.ts'

/**
 * The data dictionary of a process package (`fields.yaml`): its fields, once, and who fills which at which step. Forms
 * are generated from it; the host enforces it whatever a form says.
 */
export interface FieldDictionary {
  readonly fields: readonly FieldEntry[]
  /** Element id of a start event, user task or case action → field key → access. What is not named is `none`. */
  readonly access: AccessMatrix
}

export type AccessMatrix = { readonly [elementId: string]: { readonly [fieldKey: string]: StepAccess } }

/** 必填, 填, 只读, 看不到. */
export type StepAccess = 'required' | 'write' | 'read' | 'none'

/** How a field is filled. Each kind becomes one form-js component (`component.ts`). `files` is a plain filepicker. */
export const fieldKinds = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'time',
  'dateTime',
  'choice',
  'choices',
  'yesNo',
  'person',
  'unit',
  'mobile',
  'idNumber',
  'photo',
  'signature',
  'files',
  'attachments',
  'attendance',
  'votes',
  'table',
] as const
export type FieldKind = (typeof fieldKinds)[number]

/** 公开, 内部, 敏感: who may see it where no step says more. */
export const grades = ['public', 'internal', 'sensitive'] as const
export type Grade = (typeof grades)[number]

export interface FieldOptionEntry {
  readonly value: string
  readonly label: string
}

/** A column of an editable table. */
export interface ColumnEntry {
  readonly key: string
  readonly name: string
  readonly kind: 'text' | 'number' | 'money' | 'date' | 'choice'
  readonly required?: boolean
  readonly options?: readonly FieldOptionEntry[]
  readonly unit?: string
}

export interface FieldEntry {
  /** Name of the variable: a FEEL name, `[a-z][a-z0-9_]*` by convention. */
  readonly key: string
  /** What people read: the label. */
  readonly name: string
  readonly kind: FieldKind
  /** Heading it stands under in the dictionary and in generated forms. */
  readonly group?: string
  /** Help under the label. */
  readonly description?: string
  readonly options?: readonly FieldOptionEntry[]
  readonly unit?: string
  readonly min?: number | string
  readonly max?: number | string
  readonly maxLength?: number
  readonly decimals?: number
  readonly pattern?: string
  readonly patternMessage?: string
  /** FEEL over the form's data that must be true, and what is said when it is not. */
  readonly check?: string
  readonly checkMessage?: string
  readonly grade: Grade
  /** Why it is asked (data minimisation). */
  readonly purpose?: string
  readonly columns?: readonly ColumnEntry[]
  /** Role whose holders a `person` field offers; any person of the unit when absent. */
  readonly role?: string
  /** Level of the units a `unit` field offers. */
  readonly level?: string
  /** Key of the attendance field whose `present` a `votes` field must add up to. */
  readonly attendance?: string
  /** Names of the papers an `attachments` field asks for. */
  readonly items?: readonly { readonly name: string; readonly required?: boolean }[]
  /** Whether more than one photo, file, person or unit may be given. */
  readonly multiple?: boolean
  /** Value it starts with on a new form. */
  readonly initial?: Json
  /** Whether it is asked anew each time a step that fills it is reached: it opens as on a new form. */
  readonly anew?: boolean
}
