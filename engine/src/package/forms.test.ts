import { describe, expect, it } from 'vitest'
import type { FieldDictionary, FieldEntry } from '../field/dictionary.ts'
import { readDictionary } from '../field/read.ts'
import type { JsonObject } from '../form/form.ts'
import type { PackageFiles, Step } from './files.ts'
import { applyDictionary, deriveDictionary, ensureForms, formsLaidOut, formText } from './forms.ts'
import { renameKeys } from './rename-field.ts'

const step = (elementId: string, formId = `p_${elementId}`): Step => ({
  elementId,
  resource: 'p.bpmn',
  name: `N_${elementId}`,
  kind: 'task',
  formId,
  candidateGroups: null,
})
const field = (key: string, more: Partial<FieldEntry> = {}): FieldEntry => ({
  key,
  name: `N_${key}`,
  kind: 'text',
  grade: 'public',
  ...more,
})
const EMPTY: FieldDictionary = { fields: [], access: {} }
const BOTH: FieldDictionary = {
  fields: [field('a'), field('b')],
  access: { one: { a: 'required', b: 'write' }, two: { a: 'read', b: 'write' } },
}
const STEPS = [step('one'), step('two')]

const apply = (files: PackageFiles, before: FieldDictionary, after: FieldDictionary, steps = STEPS) => {
  const changes = applyDictionary(files, { before, after, steps, packageId: 'p' })
  return { changes, files: { ...files, ...changes } as PackageFiles }
}
const schemaOf = (files: PackageFiles, name: string) =>
  JSON.parse(files[name]!) as JsonObject & { components: JsonObject[] }
const component = (files: PackageFiles, name: string, key: string) =>
  schemaOf(files, name).components.find((one) => one.key === key)

describe('applyDictionary', () => {
  const { files, changes } = apply({}, EMPTY, BOTH)
  it('writes the dictionary and the form of every step', () => {
    expect(Object.keys(changes).sort()).toEqual(['fields.yaml', 'one.form', 'two.form'])
    expect(readDictionary(files['fields.yaml']!, 'f').dictionary).toEqual(BOTH)
    expect(schemaOf(files, 'one.form')).toMatchObject({ id: 'p_one', properties: { title: 'N_one' } })
    expect(component(files, 'two.form', 'a')).toMatchObject({ readonly: true })
  })
  it('changes nothing the second time', () => {
    expect(apply(files, BOTH, BOTH).changes).toEqual({})
  })
  it('changes only the forms it must', () => {
    const after = { ...BOTH, access: { ...BOTH.access, two: { a: 'read', b: 'read' } } } as const
    expect(Object.keys(apply(files, BOTH, after).changes).sort()).toEqual(['fields.yaml', 'two.form'])
  })
  it('keeps what stands in a form by hand', () => {
    const schema = schemaOf(files, 'one.form')
    const mine = {
      ...files,
      'one.form': formText({
        ...schema,
        components: [...schema.components, { type: 'text', text: 'hint', id: 'hint' }],
      }),
    }
    const after = { ...BOTH, fields: [field('a', { name: '甲' }), field('b')] }
    const changed = apply(mine, BOTH, after).files
    expect(schemaOf(changed, 'one.form').components.map(({ id }) => id)).toEqual(['Field_a', 'Field_b', 'hint'])
    expect(component(changed, 'one.form', 'a')).toMatchObject({ label: '甲' })
    expect(formsLaidOut(changed, STEPS, after)).toEqual(new Set(['p_one']))
  })
  it('gives a form that steps share what any of them needs', () => {
    const shared = [step('one', 'p_both'), step('two', 'p_both')]
    const made = apply(
      {},
      EMPTY,
      { ...BOTH, access: { one: { a: 'read' }, two: { a: 'write', b: 'read' } } },
      shared,
    ).files
    expect(component(made, 'one.form', 'a')!.readonly).toBeUndefined()
    expect(component(made, 'one.form', 'b')).toMatchObject({ readonly: true })
    expect(made['two.form']).toBeUndefined()
  })
  it('leaves alone forms of other packages, and files that are no form', () => {
    const odd = { 'x.form': '{', 'y.form': '[]' }
    expect(Object.keys(apply(odd, EMPTY, BOTH, [step('one', 'other_form')]).changes)).toEqual(['fields.yaml'])
  })
  it('follows a field under another key, with what was made of it by hand', () => {
    const schema = schemaOf(files, 'one.form')
    const mine = {
      ...files,
      'one.form': formText({
        ...schema,
        components: [...schema.components]
          .reverse()
          .map((one) => (one.key === 'a' ? { ...one, label: 'by hand' } : one)),
      }),
    }
    const after = renameKeys(BOTH, { a: 'x' })
    const changes = applyDictionary(mine, { before: BOTH, after, steps: STEPS, packageId: 'p', renamed: { a: 'x' } })
    const changed = { ...mine, ...changes } as PackageFiles
    expect(schemaOf(changed, 'one.form').components.map(({ key }) => key)).toEqual(['b', 'x'])
    expect(component(changed, 'one.form', 'x')).toMatchObject({
      label: 'by hand',
      id: 'Field_x',
      properties: { field: 'x' },
    })
    expect(component(changed, 'two.form', 'x')).toMatchObject({ readonly: true })
    expect(readDictionary(changed['fields.yaml']!, 'f').dictionary).toEqual(after)
  })
})

describe('ensureForms', () => {
  it('makes the forms that steps name and that are not there, from fields.yaml', () => {
    const { 'two.form': _, ...files } = apply({}, EMPTY, BOTH).files
    expect(Object.keys(ensureForms(files, [...STEPS, step('three')], 'p'))).toEqual(['two.form', 'three.form'])
    expect(ensureForms(files, [step('one'), step('x', 'elsewhere')], 'p')).toEqual({})
  })
  it('takes another file name when that one is taken', () => {
    expect(Object.keys(ensureForms({ 'one.form': '{}' }, [step('one')], 'p'))).toEqual(['p_one.form'])
    expect(ensureForms({ 'one.form': '{}', 'p_one.form': '{}' }, [step('one')], 'p')).toEqual({})
  })
})

describe('deriveDictionary', () => {
  const form = (id: string, ...components: JsonObject[]) =>
    JSON.stringify({ schemaVersion: 19, type: 'default', id, components })
  const text = (key: string, more: JsonObject = {}): JsonObject => ({ type: 'textfield', key, label: key, ...more })
  const derive = (one: JsonObject[], two: JsonObject[] = [], steps = STEPS) =>
    deriveDictionary({ '1.form': form('p_one', ...one), '2.form': form('p_two', ...two) }, steps)

  it('takes the label most forms have, and access from each', () => {
    const steps = [...STEPS, step('three')]
    const files = {
      '1.form': form('p_one', text('a', { label: 'x', validate: { required: true, maxLength: 9 } }), {
        type: 'group',
        label: 'G',
        components: [text('b')],
      }),
      '2.form': form('p_two', text('a', { label: 'y', readonly: true })),
      '3.form': form('p_three', text('a', { label: 'y', disabled: true }), text('c', { validate: { required: true } })),
    }
    expect(deriveDictionary(files, steps)).toEqual({
      fields: [
        { key: 'a', name: 'y', kind: 'text', maxLength: 9, grade: 'public' },
        { key: 'b', name: 'b', kind: 'text', group: 'G', grade: 'public' },
        { key: 'c', name: 'c', kind: 'text', grade: 'public' },
      ],
      access: { one: { a: 'required', b: 'write' }, two: { a: 'read' }, three: { a: 'read', c: 'required' } },
    })
  })
  it('gives steps of one id in two processes what either has', () => {
    const steps = [step('start', 'p_one'), step('start', 'p_two')]
    const { access } = derive(
      [text('a', { validate: { required: true } }), text('b', { readonly: true })],
      [text('b'), text('c')],
      steps,
    )
    expect(access).toEqual({ start: { a: 'required', b: 'write', c: 'write' } })
  })
  it('is empty when a dictionary could not hold all of it: access for some steps would hide the rest', () => {
    const steps = Array.from({ length: 501 }, (_, i) => step(`s${i}`, 'p_one'))
    expect(derive([text('a')], [], steps)).toEqual(EMPTY)
    expect(Object.keys(derive([text('a')], [], steps.slice(1)).access)).toHaveLength(500)
  })
  it('leaves aside a form that nests deeper than any form may', () => {
    const deep = `{"id":"p_one","components":[${'{"type":"group","components":['.repeat(20_000)}${']}'.repeat(20_000)}]}`
    expect(deriveDictionary({ '1.form': deep, '2.form': form('p_two', text('a')) }, STEPS)).toEqual({
      fields: [{ key: 'a', name: 'a', kind: 'text', grade: 'public' }],
      access: { two: { a: 'write' } },
    })
  })
  it('leaves to the forms what no field can say', () => {
    const odd: JsonObject[] = [
      { type: 'dynamiclist', path: 'rows', components: [text('in')] },
      { type: 'group', path: 'path', components: [text('in')] },
      text('dotted.name'),
      { type: 'expression', key: 'sum', expression: '=1' },
      { type: 'select', key: 'live', label: 'l', valuesKey: 'list' },
      { type: 'radio', key: 'bool', label: 'l', values: [{ label: 'x', value: true }] },
      text('differs'),
      text('dotted'),
      text('item'),
    ]
    expect(
      derive([...odd, text('kept')], [{ type: 'number', key: 'differs', label: 'n' }]).fields.map(({ key }) => key),
    ).toEqual(['kept'])
  })
  it('knows every kind by its component, so that regenerating changes no form', () => {
    const options = [{ value: 'x', label: 'X' }]
    const all: FieldDictionary = {
      fields: [
        field('a', { pattern: '^a$', patternMessage: 'a', description: 'd', maxLength: 3, initial: 'a' }),
        field('b', { kind: 'longText', maxLength: 3 }),
        field('c', { kind: 'number', unit: '人', min: 0, max: 9, decimals: 0, check: 'c > 0', checkMessage: 'm' }),
        field('d', { kind: 'money', min: '0.01' }),
        ...(['date', 'time', 'dateTime', 'yesNo', 'mobile', 'idNumber', 'signature', 'attendance'] as const).map(
          (kind) => field(`k_${kind}`, { kind }),
        ),
        field('e', { kind: 'choice', options }),
        field('g', { kind: 'choices', options }),
        field('h', { kind: 'person', role: 'r', multiple: true }),
        field('j', { kind: 'unit', level: 'village' }),
        field('k', { kind: 'photo', multiple: true }),
        field('m', { kind: 'attachments', items: [{ name: '一', required: true }] }),
        field('n', { kind: 'votes', attendance: 'k_attendance' }),
        field('o', { kind: 'table', columns: [{ key: 'x', name: 'X', kind: 'choice', options }] }),
      ],
      access: {},
    }
    const filled = {
      ...all,
      access: { one: Object.fromEntries(all.fields.map(({ key }) => [key, 'required' as const])) },
    }
    const { files } = apply({}, EMPTY, filled)
    const derived = deriveDictionary(files, STEPS)
    expect(derived).toEqual(filled)
    expect(apply(files, derived, derived).changes).toEqual({})
  })
})
