import type { Expression } from '../feel/index.ts'
import type { ProblemCode } from '../problem/catalog.ts'
import type { Json } from '../record/json.ts'
import { compareDecimals, parseDecimal } from './decimal.ts'
import { fieldTypes } from './field/all.ts'
import type { FieldOption, FormField, SchemaFault, Validate, ValueFault } from './form.ts'
import { optionOf } from './json-object.ts'
import { dayExists } from './rule/day.ts'

/** What the schema says by keyword; anything else is a wrong type. */
const CODES: { readonly [keyword: string]: ProblemCode } = {
  minLength: 'FIELD_OUT_OF_RANGE',
  maxLength: 'FIELD_OUT_OF_RANGE',
  minItems: 'FIELD_OUT_OF_RANGE',
  maxItems: 'FIELD_OUT_OF_RANGE',
  pattern: 'FIELD_PATTERN',
  enum: 'FIELD_NOT_AN_OPTION',
}

/** Field types whose pattern is their type: a date that does not match is no date. */
const PATTERN_IS_TYPE = new Set([
  'date',
  'time',
  'dateTime',
  'number',
  'integer',
  'files',
  'photos',
  'signature',
  'papers',
  'idNumber',
  'mobile',
  'money',
])

/** Types whose value is one thing to people: a fault in a part of it is a fault of its type. */
const WHOLE = new Set(['papers', 'person', 'unit', 'attendance', 'votes'])

/**
 * Judges one value that is not empty: by its schema, then its limits, its digits, the options in force and the rules of
 * its type. Gives the first fault, or all of one kind where they lie at several places of the value.
 */
export function judgeValue(
  field: FormField,
  value: Json,
  read: (expression: Expression) => Json | undefined,
  look: (path: readonly string[]) => Json | undefined,
  at: number,
  validate: Validate,
): readonly ValueFault[] {
  const type = fieldTypes.get(field.type)!
  const judgeType = () => type.judge?.(value, field, { look, at }) ?? []
  const faults = validate(field.valueSchema, value)
  if (faults.length > 0) {
    const untold = faults.find((fault) => !type.tells?.(fault))
    return untold ? [faultOf(field, untold)] : judgeType()
  }
  if ((field.expects === 'date' || field.expects === 'dateTime') && !dayExists(String(value)))
    return [{ code: 'FIELD_TYPE', facts: { type: field.expects } }]
  const fault = digitsOf(field, value) ?? rangeOf(field, value, read) ?? optionsOf(field, value, read, look)
  return fault ? [fault] : judgeType()
}

function faultOf(field: FormField, fault: SchemaFault): ValueFault {
  if (WHOLE.has(field.expects)) return { code: 'FIELD_TYPE', facts: { type: field.expects } }
  const code = CODES[fault.keyword] ?? 'FIELD_TYPE'
  if (code === 'FIELD_TYPE' || (code === 'FIELD_PATTERN' && PATTERN_IS_TYPE.has(field.expects)))
    return { code: 'FIELD_TYPE', facts: { type: field.expects } }
  if (code === 'FIELD_PATTERN') return { code, facts: { message: field.patternMessage } }
  if (code === 'FIELD_NOT_AN_OPTION') return { code, facts: {} }
  const limit = typeof fault.params.limit === 'number' ? fault.params.limit : null
  const of = fault.keyword.endsWith('Length') ? 'length' : 'rows'
  return { code, facts: fault.keyword.startsWith('min') ? { of, min: limit } : { of, max: limit } }
}

function digitsOf(field: FormField, value: Json): ValueFault | null {
  if (field.decimals === null || typeof value !== 'number') return null
  const decimal = parseDecimal(value)
  return decimal && decimal.scale <= field.decimals ? null : { code: 'FIELD_TYPE', facts: { type: field.expects } }
}

function rangeOf(field: FormField, value: Json, read: (expression: Expression) => Json | undefined): ValueFault | null {
  const { range } = field
  if (!range) return null
  const limit = (bound: number | string | Expression | null): number | string | null => {
    const found = bound !== null && typeof bound === 'object' ? read(bound) : bound
    return typeof found === 'number' || typeof found === 'string' ? found : null
  }
  const min = limit(range.min)
  const max = limit(range.max)
  const measure =
    range.of === 'length'
      ? [...String(value)].length
      : typeof value === 'number' || typeof value === 'string'
        ? value
        : null
  const measured = measure === null ? null : parseDecimal(measure)
  const outside = (bound: number | string | null, side: 1 | -1): boolean => {
    const decimal = bound === null ? null : parseDecimal(bound)
    return decimal !== null && (measured === null || compareDecimals(measured, decimal) * side > 0)
  }
  return outside(min, -1) || outside(max, 1) ? { code: 'FIELD_OUT_OF_RANGE', facts: { of: range.of, min, max } } : null
}

/** The options in force: those of the form, or those its data gives now. */
export function optionsInForce(
  field: FormField,
  read: (expression: Expression) => Json | undefined,
  look: (path: readonly string[]) => Json | undefined,
): readonly FieldOption[] {
  const { options } = field
  if (!options) return []
  if (options.kind === 'static') return options.values
  const list = options.kind === 'key' ? look(options.key) : read(options.expression)
  return Array.isArray(list) ? list.flatMap((entry) => optionOf(entry) ?? []) : []
}

function optionsOf(
  field: FormField,
  value: Json,
  read: (expression: Expression) => Json | undefined,
  look: (path: readonly string[]) => Json | undefined,
): ValueFault | null {
  if (!field.options) return null
  const allowed = new Set(optionsInForce(field, read, look).map((option) => option.value))
  const chosen = Array.isArray(value) ? value : [value]
  return chosen.every((one) => allowed.has(one)) ? null : { code: 'FIELD_NOT_AN_OPTION', facts: {} }
}
