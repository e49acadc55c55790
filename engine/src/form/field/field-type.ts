import type { Expectation } from '../../problem/facts.ts'
import type { Language } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { Component } from '../component.ts'
import type { FieldOptions, FieldRange, FormField, JsonObject } from '../form.ts'

/** What a field type makes of its component, beyond what every field has. */
export interface FieldRules {
  readonly valueSchema: JsonObject
  readonly expects: Expectation
  readonly empty: Json
  readonly label?: string | null
  readonly options?: FieldOptions | null
  readonly range?: FieldRange | null
  readonly decimals?: number | null
  readonly unit?: string | null
  readonly patternMessage?: string | null
  readonly computed?: FormField['computed']
}

/** One form-js field type: how its component is read and how its values are told to people. */
export interface FieldType {
  readonly type: string
  /** Null when the component cannot be used; what is wrong has been reported. */
  readonly read: (component: Component) => FieldRules | null
  /** A value that is not empty, in words. `options` are those in force. */
  readonly describe: (
    value: Json,
    field: FormField,
    options: readonly { label: string; value: Json }[],
    language: Language,
  ) => string
}

export const fieldType = (type: FieldType): FieldType => type

/** Values that show as they are. */
export const plainly: FieldType['describe'] = (value) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
