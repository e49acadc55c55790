import { fileURLToPath } from 'node:url'
import {
  applyDictionary,
  deriveDictionary,
  formFiles,
  judgePackage,
  type PackageFiles,
  readDictionary,
  readForm,
  readSteps,
} from '@bihuan/engine'
import { readPackageFolder } from '@bihuan/runtime/scenario'
import { describe, expect, test } from 'vitest'

const { resources } = await readPackageFolder(fileURLToPath(new URL('../village-decision', import.meta.url)))
const files: PackageFiles = Object.fromEntries(
  resources.map(({ name, content }) => [name, new TextDecoder().decode(content)]),
)
const steps = await readSteps(files['process.bpmn']!, 'process.bpmn')
const packageId = 'village_decision'
const dictionary = readDictionary(files['fields.yaml']!, 'fields.yaml').dictionary!

describe('the fields of the village decision', () => {
  test('fit its process, forms and notices', async () => {
    expect((await judgePackage(files)).problems).toEqual([])
    expect(steps.map(({ elementId }) => elementId).sort()).toEqual(Object.keys(dictionary.access).sort())
  })

  test('regenerating changes no byte', () => {
    expect(applyDictionary(files, { before: dictionary, after: dictionary, steps, packageId })).toEqual({})
  })

  test('a dictionary derived from its forms changes no form', () => {
    const derived = deriveDictionary(files, steps)
    expect(derived.fields.map(({ key }) => key).sort()).toEqual(dictionary.fields.map(({ key }) => key).sort())
    const changes = applyDictionary(files, { before: derived, after: derived, steps, packageId })
    expect(Object.keys(changes)).toEqual(['fields.yaml'])
  })

  test('each stands in the forms under its key, and every form is as its steps have it', () => {
    const keys = new Set(dictionary.fields.map(({ key }) => key))
    for (const { name, schema } of formFiles(files).values()) {
      const { form } = readForm(schema, name)
      expect(form!.fields.filter(({ path }) => !keys.has(path[0]!))).toEqual([])
    }
  })

  test('a new label reaches every form that shows it, and nothing else changes', () => {
    const fields = dictionary.fields.map((field) => (field.key === 'title' ? { ...field, name: 'T' } : field))
    const changes = applyDictionary(files, { before: dictionary, after: { ...dictionary, fields }, steps, packageId })
    expect(Object.keys(changes).length).toBeGreaterThan(20)
    for (const [name, text] of Object.entries(changes)) {
      if (name === 'fields.yaml') continue
      const old = readForm(JSON.parse(files[name]!), name).form!.fields.find(({ name: key }) => key === 'title')!
      expect(text!.replace('"label": "T"', `"label": ${JSON.stringify(old.label)}`)).toBe(files[name])
    }
  })
})
