import { type FieldDictionary, type FieldEntry, Rejection, readForm, type StepAccess } from '@bihuan/engine'
import { expect, it } from 'vitest'
import { judgeByForms } from './judge-by-forms.ts'

const judge = (access: StepAccess, answers: { a?: string }, more: Partial<FieldEntry> = {}, readonly?: string) => {
  const component = { type: 'textfield', key: 'a', label: 'A', ...(readonly && { readonly }) }
  const { form } = readForm({ schemaVersion: 19, type: 'default', id: 'f', components: [component] }, 'a.form')
  const fields: FieldDictionary = {
    fields: [{ key: 'a', name: 'A', kind: 'text', grade: 'public', ...more }],
    access: { review: { a: access } },
  }
  const given = {
    elementId: 'review',
    formId: 'f',
    answers,
    variables: { a: 'old' },
    parameters: { settled: true },
    at: 0,
  }
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

it('a scenario fills in what is asked anew as people do: what it leaves out is not the former answer', () => {
  expect(judge('write', {}, { anew: true })).toEqual({ a: null })
  expect(judge('required', {}, { anew: true })).toEqual(['FIELD_REQUIRED'])
  expect(judge('write', { a: 'new' }, { anew: true })).toEqual({ a: 'new' })
  expect(judge('read', {}, { anew: true })).toEqual({})
  expect(judge('required', {}, { anew: true }, '=parameters.settled')).toEqual({})
})
