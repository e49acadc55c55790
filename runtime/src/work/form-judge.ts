import {
  accessOf,
  type FeelContext,
  type FieldDictionary,
  type Form,
  fillingData,
  judgeAnswers,
  pickAnswers,
  Rejection,
  readForm,
  type SchemaFault,
  shapeForm,
  type Validate,
  type Variables,
} from '@bihuan/engine'
import { Ajv, type CodeOptions, type ValidateFunction } from 'ajv'
import { and, eq } from 'drizzle-orm'
import { RE2JS } from 're2js'
import type { TaskForm } from '../contract/contract.ts'
import type { Row } from '../db/schema/index.ts'
import type { Bound } from '../db/schema/process-definition.ts'
import type { Store } from '../db/store.ts'

/** Patterns of designers run in linear time (I11): RE2 in place of the backtracking engine. */
function linearPattern(source: string): { test(text: string): boolean; toString(): string } {
  const pattern = RE2JS.compile(source)
  // ajv tells patterns apart by their text: without it all of a schema would share the first.
  return { test: (text) => pattern.matcher(text).find(), toString: () => source }
}
linearPattern.code = 'linearPattern'

const ajv = new Ajv({
  allErrors: true,
  ownProperties: true,
  strict: false,
  validateFormats: false,
  code: { regExp: linearPattern as unknown as NonNullable<CodeOptions['regExp']> },
})

const compiled = new WeakMap<object, ValidateFunction>()

/** The validator the engine is handed: compiled once a schema. */
export const validate: Validate = (schema, value) => {
  let check = compiled.get(schema)
  if (!check) {
    check = ajv.compile(schema)
    compiled.set(schema, check)
  }
  return check(value) ? [] : ((check.errors ?? []) as readonly SchemaFault[])
}

export interface DeployedForm {
  readonly row: Pick<Row<'form'>, 'key' | 'formId' | 'version' | 'title'>
  readonly form: Form
  /** Of the process whose step has it; null for a form by itself, and where its package has none. */
  readonly dictionary: FieldDictionary | null
}

const MAX_FORMS = 500
const MAX_DICTIONARIES = 500

/** Where a form is shown: an element of a deployed process. */
export interface FormPlace {
  readonly definitionKey: number
  readonly elementId: string
}

/** Deployed forms, read once: a version never changes. */
export class Forms {
  readonly #store: Store
  readonly #known = new Map<number, DeployedForm>()
  readonly #shaped = new Map<string, DeployedForm>()
  readonly #dictionaries = new Map<number, FieldDictionary | null>()

  constructor(store: Store) {
    this.#store = store
  }

  /** The form with this key, or null. */
  async byKey(key: number): Promise<DeployedForm | null> {
    const known = this.#known.get(key)
    if (known) return known
    const { form } = this.#store.tables
    const [row] = await this.#store.read.select().from(form).where(eq(form.key, key)).limit(1)
    return row ? this.#keep(row) : null
  }

  /** The newest version of a form, or null. */
  async latest(formId: string): Promise<DeployedForm | null> {
    const { form } = this.#store.tables
    const [row] = await this.#store.read
      .select({ key: form.key })
      .from(form)
      .where(and(eq(form.formId, formId), eq(form.latest, true)))
      .limit(1)
    return row ? this.byKey(row.key) : null
  }

  /** A form as a process uses it: the version its package was published with, else the newest; or null. */
  used(formId: string, bound: Bound | null): Promise<DeployedForm | null> {
    const key = bound && Object.hasOwn(bound.forms, formId) ? bound.forms[formId]! : null
    return key === null ? this.latest(formId) : this.byKey(key)
  }

  /** The data dictionary of a deployed process; null when its package has none. */
  async dictionary(definitionKey: number): Promise<FieldDictionary | null> {
    const known = this.#dictionaries.get(definitionKey)
    if (known !== undefined) return known
    const { processDefinition } = this.#store.tables
    const [row] = await this.#store.read
      .select({ fields: processDefinition.fields })
      .from(processDefinition)
      .where(eq(processDefinition.key, definitionKey))
      .limit(1)
    const dictionary = row?.fields ?? null
    keepAtMost(this.#dictionaries, MAX_DICTIONARIES, definitionKey, dictionary)
    return dictionary
  }

  /**
   * A form as a step may have it: whatever its author drew, fields the step does not see are gone, with what templates
   * and conditions read of them; fields it only reads take no answer. What is shown and what is judged is this.
   */
  async forStep(key: number | null, place: FormPlace): Promise<DeployedForm | null> {
    if (key === null) return null
    const name = `${key} ${place.definitionKey} ${place.elementId}`
    const known = this.#shaped.get(name)
    if (known) return known
    const deployed = await this.byKey(key)
    if (!deployed) return null
    const dictionary = await this.dictionary(place.definitionKey)
    const made = dictionary ? shape(deployed, dictionary, place.elementId) : deployed
    keepAtMost(this.#shaped, MAX_FORMS, name, made)
    return made
  }

  #keep(row: Row<'form'>): DeployedForm {
    const { form } = readForm(row.schema, row.resource)
    if (!form)
      throw new Error(`Expected form ${row.formId} version ${row.version} to be readable, as it was when deployed`)
    const made = {
      row: { key: row.key, formId: row.formId, version: row.version, title: row.title },
      form,
      dictionary: null,
    }
    keepAtMost(this.#known, MAX_FORMS, row.key, made)
    return made
  }
}

function keepAtMost<K, V>(kept: Map<K, V>, limit: number, key: K, value: V): void {
  if (kept.size >= limit) kept.delete(kept.keys().next().value!)
  kept.set(key, value)
}

function shape(deployed: DeployedForm, dictionary: FieldDictionary, elementId: string): DeployedForm {
  const access = accessOf(dictionary, elementId)
  const { form } = readForm(shapeForm(deployed.form, access), deployed.row.formId)
  if (!form)
    throw new Error(`Expected form ${deployed.row.formId} to be readable without the fields ${elementId} hides`)
  const shaped = { ...form, reads: form.reads.filter(([name]) => access[name!] !== 'none') }
  return { ...deployed, form: shaped, dictionary }
}

/** A form as it is opened to be filled: its schema, and the values of its own fields and of nothing else. */
export const showForm = (deployed: DeployedForm, data: FeelContext, at: number): TaskForm =>
  showFilled(deployed, fillingData(deployed.form, deployed.dictionary, data, at))

/** The same as it was filled: what was asked anew has been answered. */
export function showFilled(deployed: DeployedForm, data: FeelContext): TaskForm {
  const { row, form } = deployed
  return {
    formId: row.formId,
    formKey: String(row.key),
    title: row.title,
    version: row.version,
    schema: shapeForm(form, {}),
    data: pickAnswers(form, data),
  }
}

/** Judges answers by a form; throws `ANSWERS_REFUSED` naming every field. Without a form no answer is taken. */
export function judge(deployed: DeployedForm | null, answers: Variables, data: FeelContext, at: number): Variables {
  if (!deployed) {
    const names = Object.keys(answers)
    if (names.length === 0) return {}
    throw new Rejection(
      'ANSWERS_REFUSED',
      {},
      {
        fields: names.map((field) => ({ field, label: null, code: 'FIELD_UNKNOWN' as const, facts: { field } })),
      },
    )
  }
  const { variables, errors } = judgeAnswers(deployed.form, answers, data, at, validate)
  if (errors.length > 0) throw new Rejection('ANSWERS_REFUSED', {}, { fields: errors })
  return variables
}
