import { isObject } from '../form/json-object.ts'
import type { FileChanges, PackageFiles, Step } from './files.ts'
import { formFiles, formText } from './forms.ts'

/**
 * What forms change when steps are called otherwise: a form that is titled as its step was follows its name; a title
 * given by hand stays.
 *
 * @param before the steps as they were called
 * @param after the same steps now
 */
export function retitleForms(files: PackageFiles, before: readonly Step[], after: readonly Step[]): FileChanges {
  const names = new Map(before.map(({ elementId, name }) => [elementId, name]))
  const renamed = after.filter(({ elementId, name }) => name !== '' && (names.get(elementId) ?? name) !== name)
  if (renamed.length === 0) return {}
  const forms = formFiles(files)
  const changes: { [name: string]: string } = {}
  for (const { elementId, formId, name } of renamed) {
    const form = formId === null ? undefined : forms.get(formId)
    const properties = form?.schema.properties
    if (!form || !isObject(properties) || properties.title !== names.get(elementId)) continue
    changes[form.name] = formText({ ...form.schema, properties: { ...properties, title: name } })
  }
  return changes
}
