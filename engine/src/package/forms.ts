import { stronger } from '../field/access.ts'
import { deriveFields } from '../field/derive.ts'
import type { FieldDictionary, StepAccess } from '../field/dictionary.ts'
import { formIdOf, generate } from '../field/generate.ts'
import { isLaidOut, mergeForm } from '../field/merge-form.ts'
import { emptyDictionary, readDictionary } from '../field/read.ts'
import { writeDictionary } from '../field/write.ts'
import type { JsonObject } from '../form/form.ts'
import { MAX_NESTING } from '../form/hostile.ts'
import { isObject } from '../form/json-object.ts'
import { isDeeper, sameJson } from '../form/paths.ts'
import type { Json } from '../record/json.ts'
import type { FileChanges, PackageFiles, Step } from './files.ts'
import { renameInForms } from './rename-field.ts'

const FIELDS = 'fields.yaml'

interface FormFile {
  readonly name: string
  readonly schema: JsonObject
}

/** The forms of a package by form id; files that are no form are left aside. Of two with one id the first counts. */
export function formFiles(files: PackageFiles): ReadonlyMap<string, FormFile> {
  const forms = new Map<string, FormFile>()
  for (const [name, text] of Object.entries(files)) {
    const schema = name.endsWith('.form') ? parsed(text) : null
    if (schema && typeof schema.id === 'string' && !forms.has(schema.id)) forms.set(schema.id, { name, schema })
  }
  return forms
}

/** Forms read before, by their text: a package is read anew after every change of one of its files. */
const known = new Map<string, JsonObject | null>()
const MAX_KNOWN = 400

function parsed(text: string): JsonObject | null {
  const found = known.get(text)
  if (found !== undefined) return found
  if (known.size >= MAX_KNOWN) known.clear()
  const schema = parse(text)
  known.set(text, schema)
  return schema
}

function parse(text: string): JsonObject | null {
  try {
    const schema: unknown = JSON.parse(text)
    // What nests deeper than any form is none: nothing here bounds how deep it looks.
    return isObject(schema) && !isDeeper(schema, MAX_NESTING) ? schema : null
  } catch {
    return null
  }
}

/** The text of a form file: one way of writing for one schema. */
export const formText = (schema: JsonObject): string => `${JSON.stringify(schema, null, 2)}\n`

/**
 * What files change when dictionary or matrix change: `fields.yaml`, and every form of a step, merged so that what was
 * laid out by hand stays. Forms that steps name by the package's own ids and that are not there yet are made. A form
 * that nothing changes is not named, so the same dictionary twice changes nothing.
 *
 * @param renamed fields that have another key now: old key → new key
 */
export function applyDictionary(
  files: PackageFiles,
  given: {
    readonly before: FieldDictionary
    readonly after: FieldDictionary
    readonly steps: readonly Step[]
    readonly packageId: string
    readonly renamed?: { readonly [key: string]: string }
  },
): FileChanges {
  const { after, steps, packageId, renamed = {} } = given
  const changes: { [name: string]: string | null } = {}
  const text = writeDictionary(after)
  if (text !== files[FIELDS]) changes[FIELDS] = text
  const forms = formFiles(files)
  const { before, schemas } = renameInForms(given.before, forms, renamed)
  const kinds = new Map(after.fields.map((field) => [field.key, field.kind]))
  const order = after.fields.map(({ key }) => key)
  for (const [formId, sharing] of stepsByForm(steps)) {
    const file = forms.get(formId)
    if (!file) continue
    const schema = schemas.get(formId) ?? file.schema
    // Most changes reach one or two steps: the forms of the others are not even generated.
    if (schema === file.schema && sameJson(rowOf(before, sharing), rowOf(after, sharing))) continue
    const title = sharing[0]!.name
    const merged = mergeForm({
      base: formOf(before, formId, sharing, title),
      mine: schema,
      theirs: formOf(after, formId, sharing, title),
      kindOf: (key) => kinds.get(key),
      order,
    })
    if (!sameJson(merged, file.schema)) changes[file.name] = formText(merged)
  }
  return { ...changes, ...missingForms(files, forms, steps, packageId, after) }
}

/**
 * The files of forms that steps name by the package's own ids (`<packageId>_…`) and that are not there: generated from
 * `fields.yaml`, empty when a step has no fields yet.
 */
export function ensureForms(files: PackageFiles, steps: readonly Step[], packageId: string): FileChanges {
  const { dictionary } = readDictionary(files[FIELDS] ?? '', FIELDS)
  return missingForms(files, formFiles(files), steps, packageId, dictionary ?? emptyDictionary)
}

function missingForms(
  files: PackageFiles,
  forms: ReadonlyMap<string, FormFile>,
  steps: readonly Step[],
  packageId: string,
  dictionary: FieldDictionary,
): FileChanges {
  const made: { [name: string]: string } = {}
  for (const [formId, sharing] of stepsByForm(steps)) {
    if (forms.has(formId) || !formId.startsWith(formIdOf(packageId, ''))) continue
    const [step] = sharing
    const wanted = `${step!.elementId}.form`
    const isFree = (name: string) => !Object.hasOwn(files, name) && !Object.hasOwn(made, name)
    const name = isFree(wanted) ? wanted : `${formId}.form`
    if (isFree(name)) made[name] = formText(formOf(dictionary, formId, sharing, step!.name))
  }
  return made
}

/** The dictionary that the forms of a package imply; for packages without `fields.yaml`. */
export function deriveDictionary(files: PackageFiles, steps: readonly Step[]): FieldDictionary {
  const forms = formFiles(files)
  return deriveFields(
    steps.flatMap(({ elementId, formId }) => {
      const file = formId === null ? undefined : forms.get(formId)
      return file ? [{ elementId, schema: file.schema }] : []
    }),
  )
}

/** Form ids of steps whose form is laid out otherwise than generated. */
export function formsLaidOut(
  files: PackageFiles,
  steps: readonly Step[],
  dictionary: FieldDictionary,
): ReadonlySet<string> {
  const forms = formFiles(files)
  const laidOut = [...stepsByForm(steps)].filter(([formId, sharing]) => {
    const file = forms.get(formId)
    return file !== undefined && isLaidOut(formOf(dictionary, formId, sharing, ''), file.schema)
  })
  return new Set(laidOut.map(([formId]) => formId))
}

function stepsByForm(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const byForm = new Map<string, Step[]>()
  for (const step of steps) {
    if (step.formId === null) continue
    const sharing = byForm.get(step.formId)
    if (sharing) sharing.push(step)
    else byForm.set(step.formId, [step])
  }
  return byForm
}

/** The form of the steps that share it: with all that one of them has. The host takes away what one of them has not. */
function formOf(dictionary: FieldDictionary, formId: string, sharing: readonly Step[], title: string): JsonObject {
  return generate({ formId, title, fields: dictionary.fields, accessOf: sharedAccess(dictionary, sharing) })
}

/** The most that any of these steps may do with a field. */
function sharedAccess(dictionary: FieldDictionary, sharing: readonly Step[]): (key: string) => StepAccess {
  const rows = sharing.map(({ elementId }) => dictionary.access[elementId] ?? {})
  return (key) => rows.map((row): StepAccess => (Object.hasOwn(row, key) ? row[key]! : 'none')).reduce(stronger, 'none')
}

/** All that the form of these steps is generated from. */
function rowOf(dictionary: FieldDictionary, sharing: readonly Step[]): Json[] {
  const accessOf = sharedAccess(dictionary, sharing)
  return dictionary.fields.flatMap((field): Json[] => {
    const access = accessOf(field.key)
    return access === 'none' ? [] : [[access, field as unknown as Json]]
  })
}
