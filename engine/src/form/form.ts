import type { Expression } from '../feel/index.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Expectation } from '../problem/facts.ts'
import type { Facts, FieldError } from '../problem/problem.ts'
import type { Json, Variables } from '../record/json.ts'

export type JsonObject = { [name: string]: Json }

/** A form-js form as the server judges it: made once by `readForm` from the authored schema, never changed. */
export interface Form {
  readonly id: string
  /** `properties.title` of the schema. */
  readonly title: string | null
  /** The authored form-js schema. */
  readonly schema: JsonObject
  readonly nodes: readonly FormNode[]
  /** Every field in order, those in lists too. */
  readonly fields: readonly FormField[]
  /** What its expressions, templates and tables read beside the fields: paths into the data. */
  readonly reads: readonly (readonly string[])[]
}

/** Groups dissolve into their fields when read; what remains is what can be answered. */
export type FormNode = FormField | FormList

interface NodeBase {
  /** `id` of the component, or its place (`components[3]`) when it has none. */
  readonly id: string
  /** form-js type: `textfield`, `group`, … */
  readonly type: string
  readonly label: string | null
  /** Any of these being true hides it: its own `conditional.hide` and those of the groups around it. */
  readonly hides: readonly Expression[]
}

/** A component that holds a value. */
export interface FormField extends NodeBase {
  readonly kind: 'field'
  /** Where the value lies below the enclosing list row, or the whole answer: `['applicant', 'name']`. */
  readonly path: readonly string[]
  /** Path from the top as people write it: `applicant.name`, `rows[].name`. */
  readonly name: string
  readonly required: boolean
  /** A read-only or disabled field is shown; what is sent for it is not taken. */
  readonly readonly: boolean | Expression
  /** Closed JSON Schema of one value that is not empty. Static rules only. */
  readonly valueSchema: JsonObject
  /** Choices, when there are such. */
  readonly options: FieldOptions | null
  readonly range: FieldRange | null
  /** Decides the value itself (form-js `expression` field); people cannot write it. */
  readonly computed: Expression | null
  /** Rule across fields (`properties.check`): must be true. */
  readonly check: Expression | null
  readonly checkMessage: string | null
  /** Message of the pattern (`validate.patternErrorMessage`). */
  readonly patternMessage: string | null
  /** Key of the word that names what is expected: `text`, `number`, `date`, … */
  readonly expects: Expectation
  /** Digits after the point; null for any. */
  readonly decimals: number | null
  /** Unit after a number (`appearance.suffixAdorner`): `元`, `人`. */
  readonly unit: string | null
  /** Columns of an editable table, papers of a list of attachments, whom it may name; null for other types. */
  readonly columns: readonly FieldColumn[] | null
  readonly papers: readonly FieldPaper[] | null
  readonly directory: FieldDirectory | null
  /** Kinds of files it takes, as HTML's `accept` names them; null for any. */
  readonly accept: string | null
  /** Path of the number of those present that votes must add up to. */
  readonly attendance: readonly string[] | null
  /** What an empty answer is stored as. */
  readonly empty: Json
}

export type FieldOptions =
  | { readonly kind: 'static'; readonly many: boolean; readonly values: readonly FieldOption[] }
  /** form-js `valuesKey`: the list stands in the data under that name. */
  | { readonly kind: 'key'; readonly many: boolean; readonly key: readonly string[] }
  | { readonly kind: 'expression'; readonly many: boolean; readonly expression: Expression }

/** A column of an editable table (`rows`). */
export interface FieldColumn {
  readonly key: string
  readonly name: string
  readonly kind: 'text' | 'number' | 'money' | 'date' | 'choice'
  readonly required: boolean
  readonly options: readonly FieldOption[]
  readonly unit: string | null
}

/** A paper that is asked for by name (`attachments`). */
export interface FieldPaper {
  readonly name: string
  readonly required: boolean
}

/** Whom a field may name: people or units of the organisation. */
export interface FieldDirectory {
  readonly of: 'person' | 'unit'
  readonly many: boolean
  /** Role the people must hold; null for any. */
  readonly role: string | null
  /** Level the units must be of; null for any. */
  readonly level: string | null
}

/** A stored file as an answer names it. */
export interface AnswerFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** What is wrong with a value. `at` is the place inside it, as a field path goes on: `[2].amount`. */
export interface ValueFault {
  readonly code: ProblemCode
  readonly facts: Facts
  readonly at?: string
}

export interface FieldOption {
  readonly label: string
  readonly value: Json
}

/** Bounds of a number or of a length, each a number or an expression; inclusive. */
export interface FieldRange {
  readonly of: 'number' | 'length' | 'rows'
  readonly min: number | string | Expression | null
  readonly max: number | string | Expression | null
}

/** Rows of the same fields (form-js `dynamiclist`). */
export interface FormList extends NodeBase {
  readonly kind: 'list'
  readonly path: readonly string[]
  readonly name: string
  readonly children: readonly FormNode[]
  /** Whether people may add and remove rows; else the rows are those stored, or `rows` of them. */
  readonly open: boolean
  readonly rows: number
}

/** One fault a JSON Schema validator found, in the shape ajv gives. */
export interface SchemaFault {
  readonly instancePath: string
  readonly keyword: string
  readonly params: { readonly [name: string]: unknown }
}

/** A JSON Schema validator with patterns in linear time. The same schema object comes again and again: compile once. */
export type Validate = (schema: JsonObject, value: Json) => readonly SchemaFault[]

/** The verdict on answers: what may be stored, or what is wrong with them. With an error nothing may be stored. */
export interface Judgement {
  readonly variables: Variables
  readonly errors: readonly FieldError[]
}
