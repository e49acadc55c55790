import type { Expectation } from '../../problem/facts.ts'
import type { Language } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { Component } from '../component.ts'
import type {
  AnswerFile,
  FieldColumn,
  FieldDirectory,
  FieldOptions,
  FieldPaper,
  FieldRange,
  FormField,
  JsonObject,
  SchemaFault,
  ValueFault,
} from '../form.ts'
import type { FieldDefinition } from './definition.ts'

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
  readonly columns?: readonly FieldColumn[] | null
  readonly papers?: readonly FieldPaper[] | null
  readonly directory?: FieldDirectory | null
  readonly attendance?: readonly string[] | null
  readonly accept?: string | null
}

/** What the rules of a type may look at beside the value. */
export interface Around {
  /** Value at a path, the answers laid over what is stored. */
  readonly look: (path: readonly string[]) => Json | undefined
  /** Time of the command, milliseconds since 1970 UTC. */
  readonly at: number
}

/** A part of an answer, in words. */
export interface AnswerPart {
  readonly name: string
  readonly words: string
  readonly files: readonly AnswerFile[]
}

/** One form-js field type: how its component is read, its values are judged and told to people, and edited in the studio. */
export interface FieldType {
  readonly type: string
  /** Null when the component cannot be used; what is wrong has been reported. */
  readonly read: (component: Component) => FieldRules | null
  /** What is wrong with a value that fits the schema: every fault, in the order of the value. */
  readonly judge?: (value: Json, field: FormField, around: Around) => readonly ValueFault[]
  /** Whether `judge` tells a fault that the schema found, at its place inside the value, and all others like it. */
  readonly tells?: (fault: SchemaFault) => boolean
  /** A value that is not empty, in words. `options` are those in force. */
  readonly describe: (
    value: Json,
    field: FormField,
    options: readonly { label: string; value: Json }[],
    language: Language,
  ) => string
  /** A value told in parts under names of their own; absent where it is told as one. */
  readonly parts?: (value: Json, language: Language) => readonly AnswerPart[]
  /** Stored files a value names, in order. */
  readonly files?: (value: Json) => readonly AnswerFile[]
  /** What is sent to somebody who may read a value and not write it; the value itself when absent. */
  readonly masked?: (value: Json) => Json
  /** How the studio offers it; absent for the types form-js brings along. */
  readonly definition?: FieldDefinition
}

/* @__NO_SIDE_EFFECTS__ */
export const fieldType = (type: FieldType): FieldType => type

/** Values that show as they are. */
export const plainly: FieldType['describe'] = (value) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
