import type { JsonObject } from '../form/form.ts'
import { componentOf, componentType } from './component.ts'
import type { FieldDictionary, FieldEntry, StepAccess } from './dictionary.ts'
import { placesOf } from './layout.ts'

/** What a form is generated from: a row of the matrix over the dictionary. */
export interface FormSource {
  readonly formId: string
  readonly title: string
  readonly fields: readonly FieldEntry[]
  readonly accessOf: (key: string) => StepAccess
}

/** Id of the form of a step. */
export const formIdOf = (packageId: string, elementId: string): string => `${packageId}_${elementId}`

/**
 * The form of a step as dictionary and matrix make it: what may be read stands first, then what is filled, under the
 * headings of its groups. Each component carries the key of its field in `properties.field`.
 */
export function generateForm(given: {
  readonly packageId: string
  readonly step: { readonly elementId: string }
  readonly dictionary: FieldDictionary
  readonly title: string
}): JsonObject {
  const { packageId, step, dictionary, title } = given
  const row = dictionary.access[step.elementId] ?? {}
  return generate({
    formId: formIdOf(packageId, step.elementId),
    title,
    fields: dictionary.fields,
    accessOf: (key) => (Object.hasOwn(row, key) ? row[key]! : 'none'),
  })
}

/** The form-js schema of one row of the matrix. */
export function generate({ formId, title, fields, accessOf }: FormSource): JsonObject {
  const isRead = ({ key }: FieldEntry) => accessOf(key) === 'read'
  const isFilled = ({ key }: FieldEntry) => accessOf(key) === 'required' || accessOf(key) === 'write'
  const filled = fields.filter(isFilled)
  const groups = [...new Set(filled.map(groupOf))]
  const facts = componentsOf(fields.filter(isRead), accessOf)
  const asked =
    groups.length > 1
      ? groups.flatMap((group) =>
          section(
            group,
            filled.filter((field) => groupOf(field) === group),
            accessOf,
          ),
        )
      : componentsOf(filled, accessOf)
  return {
    schemaVersion: 19,
    type: 'default',
    id: formId,
    executionPlatform: 'Camunda Cloud',
    executionPlatformVersion: '8.9.0',
    properties: { title },
    components: [...facts, ...asked],
  }
}

const groupOf = ({ group }: FieldEntry): string => group ?? ''

/** Fields without a group stand as they are; the others under a heading. */
function section(group: string, fields: readonly FieldEntry[], accessOf: FormSource['accessOf']): JsonObject[] {
  const components = componentsOf(fields, accessOf)
  if (group === '') return components
  const id = `Group_${hashOf(group)}`
  return [
    {
      type: 'group',
      label: group,
      showOutline: true,
      components,
      properties: { group },
      id,
      layout: { row: `Row_${id}`, columns: null },
    },
  ]
}

function componentsOf(fields: readonly FieldEntry[], accessOf: FormSource['accessOf']): JsonObject[] {
  const places = placesOf(fields, (field) => componentType(field) === 'select')
  return fields.map((field, index) => {
    const { row, columns } = places[index]!
    const access = accessOf(field.key)
    return { ...componentOf(field, access === 'none' ? 'read' : access), layout: { row, columns } }
  })
}

/** A short name for a text (FNV-1a), the same on every machine. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return hash.toString(36)
}
