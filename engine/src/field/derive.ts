import type { JsonObject } from '../form/form.ts'
import { isEmpty, isObject } from '../form/json-object.ts'
import type { Json } from '../record/json.ts'
import { stronger } from './access.ts'
import type {
  AccessMatrix,
  FieldDictionary,
  FieldEntry,
  FieldKind,
  FieldOptionEntry,
  StepAccess,
} from './dictionary.ts'
import { isFieldKey, readEntry } from './entry.ts'
import { emptyDictionary, MAX_FIELDS, MAX_STEPS } from './read.ts'

/** A step with the form it shows. */
export interface StepForm {
  readonly elementId: string
  readonly schema: JsonObject
}

/** A field as one form has it. */
interface Sighting {
  readonly component: JsonObject
  readonly group: string | null
  readonly kind: FieldKind | null
}

/**
 * The dictionary that forms imply, for packages that came without one. Of what differs between forms the most frequent
 * is taken, of equals the first. What no kind of field can say is left to the forms alone: fields in lists and paths,
 * computed ones, options from data, and keys that mean different things in different forms.
 */
export function deriveFields(forms: readonly StepForm[]): FieldDictionary {
  const sightings = new Map<string, Sighting[]>()
  const nested = new Set<string>()
  for (const { schema } of distinct(forms)) look(listOf(schema.components), null, false, sightings, nested)
  const fields: FieldEntry[] = []
  for (const [key, seen] of sightings) {
    const kind = seen[0]!.kind
    if (!isFieldKey(key) || nested.has(key) || kind === null || seen.some((one) => one.kind !== kind)) continue
    const entry = entryOf(key, kind, seen)
    if (readEntry(entry, key, () => undefined)) fields.push(entry)
  }
  const keys = new Set(fields.map(({ key }) => key))
  const rows = new Map<JsonObject, AccessMatrix[string]>()
  const access = new Map<string, AccessMatrix[string]>()
  for (const { elementId, schema } of forms) {
    const row = rows.get(schema) ?? rowOf(schema, keys)
    rows.set(schema, row)
    if (Object.keys(row).length > 0) access.set(elementId, widest(access.get(elementId), row))
  }
  // What the dictionary cannot hold is left to the forms: access for some of the steps alone would hide the rest.
  if (fields.length > MAX_FIELDS || access.size > MAX_STEPS) return emptyDictionary
  return { fields, access: Object.fromEntries(access) }
}

/** Forms that several steps share count once. */
const distinct = (forms: readonly StepForm[]): StepForm[] => [
  ...new Map(forms.map((form) => [form.schema, form])).values(),
]

function rowOf(schema: JsonObject, keys: ReadonlySet<string>): AccessMatrix[string] {
  const row: { [key: string]: StepAccess } = {}
  accessIn(listOf(schema.components), keys, row)
  return row
}

/** Steps of one id in two processes of a package have one row: neither form loses a field by it. */
function widest(known: AccessMatrix[string] | undefined, row: AccessMatrix[string]): AccessMatrix[string] {
  if (!known) return row
  const keys = new Set([...Object.keys(known), ...Object.keys(row)])
  return Object.fromEntries([...keys].map((key) => [key, stronger(known[key], row[key])]))
}

const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null

function look(
  components: readonly JsonObject[],
  group: string | null,
  isNested: boolean,
  found: Map<string, Sighting[]>,
  nested: Set<string>,
): void {
  for (const component of components) {
    const { type, path, key } = component
    if (type === 'group' || type === 'dynamiclist') {
      const inner = type === 'dynamiclist' || textOf(path) !== null
      if (inner) nested.add(String(path).split('.')[0]!)
      look(listOf(component.components), textOf(component.label) ?? group, isNested || inner, found, nested)
      continue
    }
    if (typeof key !== 'string' || isNested) continue
    if (key.includes('.')) nested.add(key.split('.')[0]!)
    const seen = found.get(key) ?? []
    seen.push({ component, group, kind: kindOf(component) })
    found.set(key, seen)
  }
}

const kindsOfTypes: { readonly [type: string]: FieldKind } = {
  textfield: 'text',
  textarea: 'longText',
  money: 'money',
  radio: 'choice',
  select: 'choice',
  checklist: 'choices',
  taglist: 'choices',
  checkbox: 'yesNo',
  person: 'person',
  unit: 'unit',
  mobile: 'mobile',
  idNumber: 'idNumber',
  photo: 'photo',
  signature: 'signature',
  attachments: 'attachments',
  attendance: 'attendance',
  votes: 'votes',
  rows: 'table',
}
const PICTURES = new Set([
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.heic',
  'image/*',
  'image/jpeg',
  'image/png',
  'image/webp',
])

function kindOf(component: JsonObject): FieldKind | null {
  const { type, subtype, serializeToString, accept, valuesKey, valuesExpression } = component
  if (!isEmpty(valuesKey) || !isEmpty(valuesExpression)) return null
  if (type === 'number') return serializeToString === true ? (component.decimalDigits === 2 ? 'money' : null) : 'number'
  if (type === 'datetime') return subtype === 'time' ? 'time' : subtype === 'datetime' ? 'dateTime' : 'date'
  if (type === 'filepicker') {
    const kinds = (textOf(accept) ?? '').split(',').map((kind) => kind.trim().toLowerCase())
    return kinds.every((kind) => PICTURES.has(kind)) ? 'photo' : 'files'
  }
  const name = String(type)
  return Object.hasOwn(kindsOfTypes, name) ? kindsOfTypes[name]! : null
}

/** The value most of them have; the first of equals; undefined when most have none. */
function most<T extends Json>(values: readonly (T | undefined | null)[]): T | undefined {
  const counts = new Map<string, { readonly value: T | undefined | null; count: number }>()
  for (const value of values) {
    const text = sorted(value ?? null)
    const known = counts.get(text)
    if (known) known.count += 1
    else counts.set(text, { value, count: 1 })
  }
  let best: { readonly value: T | undefined | null; readonly count: number } | null = null
  for (const one of counts.values()) if (!best || one.count > best.count) best = one
  return best?.value ?? undefined
}

/** One text for values that are the same but for the order of their members. */
const sorted = (value: Json): string =>
  JSON.stringify(value, (_, inner: Json) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )

function entryOf(key: string, kind: FieldKind, seen: readonly Sighting[]): FieldEntry {
  const filled = seen.filter(({ component }) => component.readonly !== true && component.disabled !== true)
  const asked = filled.length > 0 ? filled : seen
  const of = (...path: string[]): (Json | undefined)[] =>
    asked.map(({ component }) =>
      path.reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), component),
    )
  const text = (...path: string[]): string | undefined =>
    most(of(...path).map((value) => (typeof value === 'string' ? value : null))) || undefined
  const number = (...path: string[]): number | undefined =>
    most(of(...path).map((value) => (typeof value === 'number' ? value : null)))
  const decimal = (...path: string[]): number | string | undefined =>
    number(...path) ?? (kind === 'money' ? text(...path) : undefined)
  const labels = seen.map(
    ({ component }) => textOf(component.label) ?? textOf(component.dateLabel) ?? textOf(component.timeLabel),
  )
  const check = text('properties', 'check')?.replace(/^=/, '')
  const pattern = kind === 'text' ? text('validate', 'pattern') : undefined
  const isMany = asked.some(({ component }) => component.multiple !== undefined && component.multiple !== false)
  const entry: FieldEntry = {
    key,
    name: most(labels.filter((label) => label !== null)) ?? key,
    kind,
    group: most(asked.map(({ group }) => group)),
    description: text('description'),
    options: kind === 'choice' || kind === 'choices' ? optionsOf(most(of('values'))) : undefined,
    unit: kind === 'number' ? text('appearance', 'suffixAdorner') : undefined,
    min: kind === 'number' || kind === 'money' ? decimal('validate', 'min') : undefined,
    max: kind === 'number' || kind === 'money' ? decimal('validate', 'max') : undefined,
    maxLength: kind === 'text' || kind === 'longText' ? number('validate', 'maxLength') : undefined,
    decimals: kind === 'number' ? number('decimalDigits') : undefined,
    pattern,
    patternMessage: pattern === undefined ? undefined : text('validate', 'patternErrorMessage'),
    check,
    checkMessage: check === undefined ? undefined : text('properties', 'checkMessage'),
    columns: kind === 'table' ? (most(of('columns')) as FieldEntry['columns']) : undefined,
    role: kind === 'person' ? text('role') : undefined,
    level: kind === 'unit' ? text('level') : undefined,
    attendance: kind === 'votes' ? text('attendance') : undefined,
    items: kind === 'attachments' ? (most(of('items')) as FieldEntry['items']) : undefined,
    multiple: ['photo', 'files', 'person', 'unit'].includes(kind) && isMany ? true : undefined,
    initial: most(of('defaultValue').filter((value) => !isEmpty(value))),
    grade: 'public',
  }
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as unknown as FieldEntry
}

/** Options of a choice; undefined when one of them is no text. */
function optionsOf(values: Json | undefined): FieldOptionEntry[] | undefined {
  const options = listOf(values).flatMap(({ value, label }) =>
    typeof value === 'string' ? [{ value, label: textOf(label) ?? value }] : [],
  )
  return Array.isArray(values) && options.length === values.length ? options : undefined
}

function accessIn(
  components: readonly JsonObject[],
  keys: ReadonlySet<string>,
  row: { [key: string]: StepAccess },
): void {
  for (const component of components) {
    const { key, readonly, disabled, validate } = component
    if (component.type === 'group') accessIn(listOf(component.components), keys, row)
    if (typeof key !== 'string' || !keys.has(key)) continue
    const isRead = readonly === true || disabled === true
    row[key] = isRead ? 'read' : isObject(validate) && validate.required === true ? 'required' : 'write'
  }
}
