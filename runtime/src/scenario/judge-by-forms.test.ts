import { type FieldDictionary, Rejection, readForm, type StepAccess } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { judgeByForms } from './judge-by-forms.ts'

const { form } = readForm(
  { schemaVersion: 19, type: 'default', id: 'f', components: [{ type: 'textfield', key: 'a', label: 'A' }] },
  'a.form',
)
const judge = (access: StepAccess, answers: { a?: string }) => {
  const fields: FieldDictionary = {
    fields: [{ key: 'a', name: 'A', kind: 'text', grade: 'public' }],
    access: { review: { a: access } },
  }
  const given = { elementId: 'review', formId: 'f', answers, variables: { a: 'old' }, parameters: {}, at: 0 }
  try {
    return judgeByForms({ forms: new Map([['f', form!]]), fields })(given)
  } catch (error) {
    return error instanceof Rejection ? error.fields.map(({ code }) => code) : error
  }
}

it('a scenario answers by the matrix, as people do', () => {
  expect(judge('write', { a: 'new' })).toEqual({ a: 'new' })
  expect(judge('write', {})).toEqual({})
  expect(judge('required', {})).toEqual(['FIELD_REQUIRED'])
  expect(judge('read', { a: 'new' })).toEqual(['FIELD_NOT_WRITABLE'])
  expect(judge('none', { a: 'new' })).toEqual(['FIELD_UNKNOWN'])
})
