import { Form } from '@bpmn-io/form-js-viewer'
import { formWord } from '../../i18n/form-words.ts'
import { t } from '../../i18n/i18n.ts'
import { afterPress } from './after-press.ts'
import { dateField } from './date-field.tsx'
import type { Field, FieldSchema } from './field-bridge.ts'
import { faultsNow, viewerFields } from './fields/own-fields.tsx'
import type { Surroundings } from './fields/surroundings.ts'
import { fileField } from './file-field.tsx'
import { patternFault } from './pattern-fault.ts'
import { type Faults, withoutRow } from './row-faults.ts'
import { numberField } from './yuan-field.ts'

export type Answers = Record<string, unknown>

interface FormFields {
  register(type: string, field: Field): void
}
interface ExpressionLanguage {
  isExpression(value: unknown): boolean
  evaluate(expression: string, data: Answers): unknown
}
interface Instance {
  readonly id: string
  readonly valuePath: (string | number)[]
  readonly indexes?: Record<string, number>
}
interface Validator {
  validateFieldInstance(instance: Instance, value: unknown): string[]
}
interface Commands {
  updateFieldInstanceValidation(instance: Instance, value: unknown): void
}
interface FieldRegistry {
  get(id: string): FieldSchema | undefined
}
export interface InstanceRegistry {
  /** What is shown now, lists and groups too. */
  getAll(): Instance[]
  /** The fields of it. */
  getAllKeyed(): Instance[]
}

/** Reads `readonly` of a field, which may be an expression over the data. */
function isReadonly(field: FieldSchema, data: Answers, feel: ExpressionLanguage): boolean {
  if (typeof field.readonly !== 'string') return field.readonly === true
  return feel.isExpression(field.readonly) && feel.evaluate(field.readonly, data) === true
}

/** Data with one value replaced; the given data stays as it is. */
function withValue(data: Answers, path: readonly (string | number)[], value: unknown): Answers {
  const [head, ...rest] = path
  if (head === undefined) return data
  const inner = (data as Record<string | number, unknown>)[head]
  const next =
    rest.length === 0 ? value : withValue((inner ?? (typeof rest[0] === 'number' ? [] : {})) as Answers, rest, value)
  if (Array.isArray(data)) return Object.assign([...(data as unknown[])], { [head]: next }) as unknown as Answers
  return { ...data, [head]: next }
}

/**
 * A form-js form with our fields beside its own and in place of its date, file and number fields, in the language of the
 * app, judged also by the rules of our types and by the `check` of a field (FEEL over the answers that must be true).
 */
export function createViewer(container: HTMLElement, around: Surroundings): Form {
  class Fields {
    static $inject = ['formFields', 'expressionLanguage']
    constructor(fields: FormFields, feel: ExpressionLanguage) {
      const many = (field: FieldSchema): boolean =>
        field.multiple === true || (typeof field.multiple === 'string' && feel.evaluate(field.multiple, {}) === true)
      fields.register('datetime', dateField)
      fields.register('filepicker', fileField(around.uploads, many))
      fields.register('number', numberField)
      for (const [type, field] of viewerFields(around)) fields.register(type, field)
    }
  }

  class Checks {
    static $inject = ['validator', 'expressionLanguage', 'formFieldRegistry', 'form']
    constructor(validator: Validator, feel: ExpressionLanguage, registry: FieldRegistry, form: Form) {
      const own = validator.validateFieldInstance.bind(validator)
      validator.validateFieldInstance = (instance, value) => {
        const field = registry.get(instance.id)
        // What the form shown before still had to say when another one was put in its place.
        if (!field) return []
        const data = form._getState().data as Answers
        // A read-only value was not given here: nobody could mend it at this step.
        if (isReadonly(field, data, feel)) return []
        const misfit = patternFault(field, value)
        const faults = [...(misfit === null ? [] : [misfit]), ...own(instance, value)]
        if (faults.length === 0) {
          const seen = (path: readonly string[]) => valueAt(withValue(data, instance.valuePath, value), path)
          faults.push(...faultsNow(field, value, seen, around.sources.now()))
        }
        const rule = (field.properties as Record<string, unknown> | undefined)?.check
        if (faults.length > 0 || typeof rule !== 'string') return faults
        const expression = feel.isExpression(rule) ? rule : `=${rule}`
        // What cannot be told here (a value is missing, or lies outside this form) is for the server to judge.
        if (feel.evaluate(expression, withValue(data, instance.valuePath, value)) !== false) return faults
        const said = (field.properties as Record<string, unknown>).checkMessage
        return [typeof said === 'string' && said !== '' ? said : t('form.checkFailed')]
      }
    }
  }

  /** A field that is left says what is wrong with it once the press that left it is over. */
  class JudgedLater {
    static $inject = ['viewerCommands', 'form']
    constructor(commands: Commands, form: Form) {
      const judge = commands.updateFieldInstanceValidation.bind(commands)
      commands.updateFieldInstanceValidation = (instance) =>
        afterPress(() => {
          const there = form.get<InstanceRegistry>('formFieldInstanceRegistry').getAllKeyed()
          // Its row may be gone, and its value another one.
          if (there.some(({ id, valuePath }) => id === instance.id && `${valuePath}` === `${instance.valuePath}`))
            judge(instance, valueAt(form._getState().data, instance.valuePath))
        })
    }
  }

  // A variable, because the published types do not know `debounce`.
  const options = {
    container,
    // Every keystroke counts at once: while form-js holds one back, an upload or another field that ends meanwhile
    // draws the field anew and the words typed last are gone.
    debounce: false,
    additionalModules: [
      { translate: ['value', formWord] },
      {
        __init__: ['bihuanFields', 'bihuanChecks', 'bihuanJudgedLater'],
        bihuanFields: ['type', Fields],
        bihuanChecks: ['type', Checks],
        bihuanJudgedLater: ['type', JudgedLater],
      },
    ],
  }
  const form = new Form(options)
  form.on('repeatRenderManager.remove', (removed: RemovedRow) => dropFaults(form, removed))
  return form
}

interface RemovedRow {
  readonly dataPath: readonly (string | number)[]
  readonly index: number
}

/** Takes away what is said of a row that goes. form-js keeps it by the row's number: the next row would show it. */
function dropFaults(form: Form, { dataPath, index }: RemovedRow): void {
  const outer = dataPath.filter((step) => typeof step === 'number')
  const inside = new Set(
    form
      .get<InstanceRegistry>('formFieldInstanceRegistry')
      .getAllKeyed()
      .filter(({ valuePath }) => dataPath.every((step, at) => valuePath[at] === step))
      .map(({ id }) => id),
  )
  const { errors } = form._getState() as unknown as { errors: Faults }
  const left = Object.entries(errors).map(([id, said]) => [id, inside.has(id) ? withoutRow(said, outer, index) : said])
  form._setState({ errors: Object.fromEntries(left) })
}

/** The answers people could give here: visible, neither read-only nor disabled nor computed. */
export function writtenAnswers(form: Form): Answers {
  const registry = form.get<FieldRegistry>('formFieldRegistry')
  const feel = form.get<ExpressionLanguage>('expressionLanguage')
  const data = form._getState().data as Answers
  const shown = form.get<InstanceRegistry>('formFieldInstanceRegistry')
  const fields = new Set(shown.getAllKeyed())
  let answers: Answers = {}
  for (const instance of shown.getAll()) {
    const field = registry.get(instance.id)
    if (!field || field.disabled === true || field.type === 'expression' || isReadonly(field, data, feel)) continue
    if (!isInRows(data, instance.valuePath)) continue
    const value = valueAt(data, instance.valuePath)
    // A list from which all rows were taken has no field that would tell of it.
    const isEmptied = field.type === 'dynamiclist' && Array.isArray(value) && value.length === 0
    if (fields.has(instance) || isEmptied) answers = withValue(answers, instance.valuePath, value)
  }
  return answers
}

/** Whether the rows that a path leads through are there: a row that was just taken away is still drawn. */
const isInRows = (data: Answers, path: readonly (string | number)[]): boolean =>
  path.every((step, at) => {
    if (typeof step !== 'number') return true
    const rows = valueAt(data, path.slice(0, at))
    return Array.isArray(rows) && step < rows.length
  })

/** The value at a path of the data; undefined where there is none. */
export function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | null | undefined)?.[key], data)
}
