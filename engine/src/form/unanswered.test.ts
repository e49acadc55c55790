import { describe, expect, it } from 'vitest'
import { compileExpression, contextOf, evaluate } from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'
import { judgeAnswers, readForm, shapeForm, validateBySchema } from './index.ts'

type Source = { [name: string]: Json }

const text = (key: string, more: Source = {}): Source => ({ type: 'textfield', key, label: key, ...more })
const schemaOf = (...components: Source[]): Source => ({ type: 'default', id: 'f', schemaVersion: 19, components })

/** What answers leave in the case. */
function taken(schema: Source, answers: Variables, data: Variables = {}): Variables {
  const { form, problems } = readForm(schema, 'a.form')
  expect(problems).toEqual([])
  const { variables, errors } = judgeAnswers(form!, answers, contextOf(data), 0, validateBySchema)
  expect(errors).toEqual([])
  return variables
}

describe('a field that could be answered, was not and is stored nowhere is null', () => {
  it('FE6 so that what reads it after the step misses nothing', () => {
    const schema = schemaOf(text('kind'), text('why', { conditional: { hide: '=kind != "other"' } }), text('note'))
    const answers = taken(schema, { kind: 'usual' })
    expect(answers).toEqual({ kind: 'usual', why: null, note: null })
    const compiled = compileExpression('why = "x" or note = "y"')
    if (!('expression' in compiled)) throw new Error(compiled.error)
    expect(evaluate(compiled.expression, contextOf(answers), 0)).toMatchObject({
      ok: true,
      value: false,
      missing: [],
      unlike: [],
    })
  })
  it.each<[string, Source]>([
    ['a tick', { type: 'checkbox', key: 'k' }],
    ['a number', { type: 'number', key: 'k' }],
    ['several choices', { type: 'checklist', key: 'k', values: [{ label: 'A', value: 'a' }] }],
    ['files', { type: 'filepicker', key: 'k' }],
    ['a list', { type: 'dynamiclist', path: 'k', components: [text('a')] }],
    ['a field locked by a condition', text('k', { readonly: '=true' })],
    ['a field of a hidden group', { type: 'group', conditional: { hide: '=true' }, components: [text('k')] }],
  ])('FE6 %s', (_what, component) => {
    expect(taken(schemaOf(component), {})).toEqual({ k: null })
  })
  it('FE6 what is stored is not written again, null and the empty among it, hidden or not', () => {
    const schema = schemaOf(text('a'), text('b'), text('c', { conditional: { hide: '=true' } }))
    expect(taken(schema, {}, { a: null, b: '', c: 'x' })).toEqual({})
  })
  it('FE6 not what nobody may write here, nor what is computed', () => {
    const schema = schemaOf(
      text('shown', { readonly: true }),
      text('off', { disabled: true }),
      { type: 'expression', key: 'sum', expression: '=1', conditional: { hide: '=true' } },
      { type: 'dynamiclist', path: 'roll', allowAddRemove: false, components: [text('name', { readonly: true })] },
    )
    expect(taken(schema, {})).toEqual({})
    const { form } = readForm(schemaOf(text('read'), text('gone'), text('mine')), 'a.form')
    expect(taken(shapeForm(form!, { read: 'read', gone: 'none' }), {})).toEqual({ mine: null })
  })
  it('FE6 a nested one within what is stored around it, unless that is no object', () => {
    const schema = schemaOf({ type: 'group', path: 'applicant', components: [text('name'), text('home.street')] })
    expect(taken(schema, {})).toEqual({ applicant: { name: null, home: { street: null } } })
    expect(taken(schema, { applicant: { name: '甲' } }, { applicant: { age: 40, home: { no: 1 } } })).toEqual({
      applicant: { name: '甲', age: 40, home: { no: 1, street: null } },
    })
    expect(taken(schema, {}, { applicant: { name: '乙', home: { street: '一号' } } })).toEqual({})
    expect(taken(schema, {}, { applicant: null })).toEqual({})
    expect(taken(schema, {}, { applicant: 'x' })).toEqual({})
  })
  it('FE6 rows are as they were handed in', () => {
    const row = [text('a'), text('b', { conditional: { hide: '=true' } })]
    const schema = schemaOf({ type: 'dynamiclist', path: 'rows', components: row })
    expect(taken(schema, { rows: [{ a: 'x' }] })).toEqual({ rows: [{ a: 'x' }] })
  })
  it('FE6 nothing of a refused submission', () => {
    const { form } = readForm(schemaOf(text('a', { validate: { required: true } }), text('b')), 'a.form')
    expect(judgeAnswers(form!, {}, contextOf({}), 0, validateBySchema)).toMatchObject({ variables: {} })
  })
})
