import type { JsonObject } from '../form/form.ts'
import type { Json } from '../record/json.ts'
import type { FieldEntry, FieldKind, StepAccess } from './dictionary.ts'

/** Options up to this number stand open, one under the other; more are a list to open. */
const OPEN_OPTIONS = 5

/** form-js types that hold the values of a kind: the first is generated, the others may be chosen by hand. */
export const componentTypes: { readonly [kind in FieldKind]: readonly [string, ...string[]] } = {
  text: ['textfield', 'textarea'],
  longText: ['textarea', 'textfield'],
  number: ['number'],
  money: ['money', 'number'],
  date: ['datetime'],
  time: ['datetime'],
  dateTime: ['datetime'],
  choice: ['radio', 'select'],
  choices: ['checklist', 'taglist'],
  yesNo: ['checkbox'],
  person: ['person'],
  unit: ['unit'],
  mobile: ['mobile', 'textfield'],
  idNumber: ['idNumber', 'textfield'],
  photo: ['photo', 'filepicker'],
  signature: ['signature'],
  files: ['filepicker', 'photo'],
  attachments: ['attachments'],
  attendance: ['attendance'],
  votes: ['votes'],
  table: ['rows'],
}

/** The type a field's component is generated with. */
export function componentType({ kind, options }: FieldEntry): string {
  if (kind === 'choice' && (options ?? []).length > OPEN_OPTIONS) return 'select'
  return componentTypes[kind][0]
}

const subtypes: { readonly [kind in FieldKind]?: string } = { date: 'date', time: 'time', dateTime: 'datetime' }

/** Whether a component of a form holds values of that kind. */
export function holdsKind(component: JsonObject, kind: FieldKind): boolean {
  const { type, subtype, serializeToString } = component
  if (!componentTypes[kind].some((known) => known === type)) return false
  if (type === 'datetime') return (subtype ?? 'date') === subtypes[kind]
  if (type === 'number') return (serializeToString === true) === (kind === 'money')
  return true
}

/**
 * The form-js component of a field at a step, without its place in the form. Members that are the same for everybody
 * who sees the field come from the dictionary; those of filling (help, checks, the value it starts with) only where it
 * is filled.
 */
export function componentOf(field: FieldEntry, access: Exclude<StepAccess, 'none'>): JsonObject {
  const isFilled = access !== 'read'
  const { key, name, kind, description, check, checkMessage, initial } = field
  const type = componentType(field)
  const isDated = type === 'datetime'
  const component: JsonObject = { type, key, label: isDated ? null : name }
  if (isFilled && description !== undefined && description !== '') component.description = description
  if (!isFilled) component.readonly = true
  const validate = isFilled ? rulesOf(field, access === 'required') : {}
  if (Object.keys(validate).length > 0) component.validate = validate
  Object.assign(component, partsOf(field))
  if (isDated) component[kind === 'time' ? 'timeLabel' : 'dateLabel'] = name
  if (isFilled && initial !== undefined) component.defaultValue = initial
  const properties: JsonObject = { field: key }
  if (isFilled && check !== undefined && checkMessage !== undefined) Object.assign(properties, { check, checkMessage })
  component.properties = properties
  component.id = `Field_${key}`
  return component
}

function rulesOf({ kind, min, max, maxLength, pattern, patternMessage }: FieldEntry, required: boolean): JsonObject {
  return {
    ...(required && { required }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(maxLength !== undefined && { maxLength }),
    ...(kind === 'text' && pattern !== undefined && { validationType: 'custom', pattern }),
    ...(kind === 'text' &&
      pattern !== undefined &&
      patternMessage !== undefined && { patternErrorMessage: patternMessage }),
  }
}

/** What only some kinds have, read or filled. */
function partsOf(field: FieldEntry): JsonObject {
  const { kind, options, unit, decimals, columns, role, level, attendance, items, multiple } = field
  const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json
  switch (kind) {
    case 'choice':
    case 'choices':
      return { values: (options ?? []).map(({ label, value }) => ({ label, value })) }
    case 'number':
      return {
        ...(decimals !== undefined && { decimalDigits: decimals }),
        ...(unit !== undefined && unit !== '' && { appearance: { suffixAdorner: unit } }),
      }
    case 'date':
      return { subtype: 'date' }
    case 'time':
      return { subtype: 'time', timeSerializingFormat: 'no_timezone', timeInterval: 15, use24h: true }
    case 'dateTime':
      return { subtype: 'datetime', timeSerializingFormat: 'utc_offset', timeInterval: 15, use24h: true }
    case 'person':
      return { ...(role !== undefined && { role }), ...(multiple === true && { multiple }) }
    case 'unit':
      return { ...(level !== undefined && { level }), ...(multiple === true && { multiple }) }
    case 'photo':
    case 'files':
      return multiple === true ? { multiple } : {}
    case 'attachments':
      return { items: plain(items ?? []) }
    case 'votes':
      return attendance === undefined ? {} : { attendance }
    case 'table':
      return { columns: plain(columns ?? []) }
    default:
      return {}
  }
}
