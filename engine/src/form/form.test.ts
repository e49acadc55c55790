import { describe, expect, it } from 'vitest'
import { contextOf } from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'
import {
  type Form,
  jsonSchema,
  judgeAnswers,
  pickAnswers,
  readableNames,
  readForm,
  shapeForm,
  validateBySchema,
  writableNames,
} from './index.ts'

const AT = Date.UTC(2026, 4, 18, 4)
type Source = { [name: string]: Json }

const schemaOf = (...components: Source[]): Source => ({ type: 'default', id: 'f', schemaVersion: 19, components })

function formOf(...components: Source[]): Form {
  const { form, problems } = readForm(schemaOf(...components), 'a.form')
  expect(problems).toEqual([])
  return form!
}
const reasons = (schema: unknown) =>
  readForm(schema, 'a.form').problems.map((problem) => problem.facts.reason ?? problem.code)
const judge = (form: Form, answers: unknown, data: Variables = {}) =>
  judgeAnswers(form, answers, contextOf(data), AT, validateBySchema)
const faults = (form: Form, answers: unknown, data: Variables = {}) =>
  judge(form, answers, data).errors.map((error) => [error.field, error.code])
const taken = (form: Form, answers: unknown, data: Variables = {}) => {
  const judgement = judge(form, answers, data)
  expect(judgement.errors).toEqual([])
  return judgement.variables
}

const text = (key: string, more: Source = {}): Source => ({ type: 'textfield', key, label: key, ...more })
const number = (key: string, more: Source = {}): Source => ({ type: 'number', key, label: key, ...more })
const options = [
  { label: '同意', value: 'yes' },
  { label: '反对', value: 'no' },
]

describe('readForm', () => {
  it('refuses types without a field file, html and iframe above all (I09)', () => {
    for (const type of ['html', 'iframe', 'image', 'documentPreview', 'script', ''])
      expect(reasons(schemaOf({ type, key: 'a' }))).toEqual(['typeNotSupported'])
  })
  it('refuses keys twice, keys on the way of another, and keys FEEL or objects cannot have', () => {
    expect(reasons(schemaOf(text('a'), text('a')))).toEqual(['keyTwice'])
    expect(reasons(schemaOf(text('a.b'), text('a')))).toEqual(['keyClash'])
    expect(reasons(schemaOf(text('a'), text('a.b')))).toEqual(['keyClash'])
    for (const key of [
      '__proto__',
      'constructor',
      'toString',
      'a b',
      'a-b',
      '1a',
      'case',
      'parameters.x',
      'null',
      'a..b',
    ])
      expect(reasons(schemaOf(text(key)))).toEqual(['keyInvalid'])
    expect(reasons(schemaOf({ type: 'textfield' }))).toEqual(['noKey'])
    expect(reasons(schemaOf(text('到会人数'), text('date'), text('applicant.name')))).toEqual([])
  })
  it('refuses patterns that are not linear, references and prototype names (I11)', () => {
    expect(reasons(schemaOf(text('a', { validate: { pattern: '(?=x)' } })))).toEqual(['pattern'])
    expect(reasons(schemaOf(text('a', { validate: { pattern: '(a)\\1' } })))).toEqual(['pattern'])
    expect(reasons(schemaOf(text('a', { validate: { $ref: 'http://example.org' } })))).toEqual(['reference'])
    expect(reasons(JSON.parse('{"type":"default","id":"f","components":[{"__proto__":{}}]}'))).toEqual(['keyInvalid'])
  })
  it('refuses too many components, too deep nesting, and what is no form', () => {
    expect(reasons(schemaOf(...Array.from({ length: 501 }, (_, i) => text(`a${i}`))))).toEqual(['RESOURCE_TOO_LARGE'])
    let deep: Source = text('a')
    for (let i = 0; i < 12; i += 1) deep = { type: 'group', components: [deep] }
    expect(reasons(schemaOf(deep))).toEqual(['RESOURCE_TOO_LARGE'])
    expect(reasons([])).toEqual(['notJson'])
    expect(reasons({ ...schemaOf(), id: '' })).toEqual(['noFormId'])
    expect(reasons({ ...schemaOf(), schemaVersion: 99 })).toEqual(['schemaVersion'])
    expect(reasons({ id: 'f', type: 'default' })).toEqual(['noComponents'])
  })
  it('names the field and place of an expression that cannot be read', () => {
    const { form, problems } = readForm(schemaOf(text('a', { id: 'Field_1', conditional: { hide: '=b +' } })), 'a.form')
    expect(form).toBeNull()
    expect(problems).toMatchObject([
      {
        code: 'EXPRESSION_INVALID',
        elementId: 'Field_1',
        elementName: 'a',
        facts: { property: 'hide', expression: '=b +' },
      },
    ])
  })
  it('a check needs its message, a choice its options', () => {
    expect(reasons(schemaOf(text('a', { properties: { check: '=true' } })))).toEqual(['checkMessage'])
    expect(reasons(schemaOf({ type: 'radio', key: 'r', values: [] }))).toEqual(['noOptions'])
    expect(reasons(schemaOf({ type: 'radio', key: 'r', values: [options[0]!, options[0]!] }))).toEqual(['optionTwice'])
  })
  it('tells a field by its label, as it is drawn, and by its key', () => {
    const told = (label: string) =>
      readForm(schemaOf(text('a', { label, properties: { check: '=true' } })), 'a.form').problems.map(
        ({ elementName, facts }) => [elementName, facts.field, facts.key],
      )
    expect(told('姓名')).toEqual([['姓名', '姓名', 'a']])
    expect(told('=title')).toEqual([['a', 'a', 'a']])
  })
  it('reads the title from the properties', () => {
    expect(readForm({ ...schemaOf(text('a')), properties: { title: '动议登记' } }, 'a.form').form?.title).toBe(
      '动议登记',
    )
  })
})

describe('judgeAnswers', () => {
  it('unknown fields are refused by name, prototype names among them (I12)', () => {
    const form = formOf(text('a'))
    expect(faults(form, { a: 'x', b: 1, approved: true })).toEqual([
      ['b', 'FIELD_UNKNOWN'],
      ['approved', 'FIELD_UNKNOWN'],
    ])
    expect(faults(form, JSON.parse('{"__proto__": {"x": 1}}'))).toEqual([['__proto__', 'FIELD_UNKNOWN']])
    expect(faults(form, [])).toEqual([['', 'FIELD_TYPE']])
  })
  it('required, and what counts as empty', () => {
    const form = formOf(
      text('a', { validate: { required: true } }),
      { type: 'checkbox', key: 'c', validate: { required: true } },
      { type: 'filepicker', key: 'p', validate: { required: true } },
    )
    expect(faults(form, { a: '', c: false, p: [] })).toEqual([
      ['a', 'FIELD_REQUIRED'],
      ['c', 'FIELD_REQUIRED'],
      ['p', 'FIELD_REQUIRED'],
    ])
    expect(faults(form, {}, { a: 'stored', c: true })).toHaveLength(3)
  })
  it('an optional field left out is left as stored; sent empty it is cleared', () => {
    expect(taken(formOf(text('a'), text('b')), { a: '' }, { a: 'x', b: 'y' })).toEqual({ a: null })
  })
  it.each<[Source, Json, string | null]>([
    [text('k'), 5, 'FIELD_TYPE'],
    [text('k', { validate: { maxLength: 2 } }), '一二三', 'FIELD_OUT_OF_RANGE'],
    [text('k', { validate: { maxLength: 2 } }), '𠮷𠮷', null],
    [text('k', { validate: { minLength: 3 } }), 'ab', 'FIELD_OUT_OF_RANGE'],
    [text('k', { validate: { pattern: '^1[3-9][0-9]{9}$' } }), '12345', 'FIELD_PATTERN'],
    [text('k', { validate: { maxLength: '=limit' } }), 'abcd', 'FIELD_OUT_OF_RANGE'],
    [number('k'), '5', 'FIELD_TYPE'],
    [number('k', { validate: { min: 0 } }), 0, null],
    [number('k', { validate: { min: 1 } }), 0, 'FIELD_OUT_OF_RANGE'],
    [number('k', { validate: { max: '=limit' } }), 4, 'FIELD_OUT_OF_RANGE'],
    [number('k', { decimalDigits: 0 }), 1.5, 'FIELD_TYPE'],
    [number('k', { decimalDigits: 1 }), 0.15, 'FIELD_TYPE'],
    [number('k', { decimalDigits: 2, serializeToString: true }), '1234.50', null],
    [number('k', { decimalDigits: 2, serializeToString: true }), '1234.505', 'FIELD_TYPE'],
    [number('k', { decimalDigits: 2, serializeToString: true }), 1234.5, 'FIELD_TYPE'],
    [
      number('k', { decimalDigits: 2, serializeToString: true, validate: { max: '9999999999999999.99' } }),
      '10000000000000001.00',
      'FIELD_OUT_OF_RANGE',
    ],
    [number('k', { validate: { max: 9.99 } }), 10, 'FIELD_OUT_OF_RANGE'],
    [number('k', { validate: { min: 10 } }), 9.99, 'FIELD_OUT_OF_RANGE'],
    [number('k', { validate: { min: 0 } }), 1e-7, null],
    [number('k', { validate: { min: 0 } }), -1e-7, 'FIELD_OUT_OF_RANGE'],
    [number('k', { validate: { max: 100 } }), 1e21, 'FIELD_OUT_OF_RANGE'],
    [number('k', { decimalDigits: 2 }), 1e-7, 'FIELD_TYPE'],
    [number('k', { decimalDigits: 2 }), 1e21, null],
    [number('k', { decimalDigits: 2, serializeToString: true }), '1e5', 'FIELD_TYPE'],
    [number('k', { decimalDigits: 2, serializeToString: true }), '１２', 'FIELD_TYPE'],
    [number('k', { decimalDigits: 0 }), 3.0, null],
    [number('k'), true, 'FIELD_TYPE'],
    [{ type: 'select', key: 'k', values: [{ label: 'one', value: '1' }] }, 1, 'FIELD_NOT_AN_OPTION'],
    [{ type: 'select', key: 'k', values: [{ label: 'one', value: 1 }] }, '1', 'FIELD_NOT_AN_OPTION'],
    [{ type: 'select', key: 'k', values: [{ label: 'one', value: 1 }] }, 1, null],
    [
      { type: 'select', key: 'k', valuesExpression: '=for p in people return {label: p, value: 1}' },
      '1',
      'FIELD_NOT_AN_OPTION',
    ],
    [{ type: 'taglist', key: 'k', valuesKey: 'people' }, ['甲', '丙'], 'FIELD_NOT_AN_OPTION'],
    [{ type: 'taglist', key: 'k', valuesKey: 'people' }, ['乙', '甲'], null],
    [{ type: 'select', key: 'k', valuesKey: 'nobody' }, 'a', 'FIELD_NOT_AN_OPTION'],
    [{ type: 'select', key: 'k', valuesKey: 'people' }, ['甲'], 'FIELD_TYPE'],
    [{ type: 'datetime', key: 'k', subtype: 'date' }, '2026-02-28T00:00', 'FIELD_TYPE'],
    [{ type: 'datetime', key: 'k', subtype: 'date' }, '2026-02-28\n', 'FIELD_TYPE'],
    [text('k', { validate: { pattern: '^a$' } }), 'a\nb', 'FIELD_PATTERN'],
    [{ type: 'checkbox', key: 'k' }, 'true', 'FIELD_TYPE'],
    [{ type: 'radio', key: 'k', values: options }, 'maybe', 'FIELD_NOT_AN_OPTION'],
    [{ type: 'radio', key: 'k', values: options }, 'yes', null],
    [{ type: 'select', key: 'k', valuesKey: 'people' }, '甲', null],
    [{ type: 'select', key: 'k', valuesKey: 'people' }, '丙', 'FIELD_NOT_AN_OPTION'],
    [
      { type: 'select', key: 'k', valuesExpression: '=for p in people return {label: p, value: p}' },
      '丙',
      'FIELD_NOT_AN_OPTION',
    ],
    [{ type: 'checklist', key: 'k', values: options }, ['yes', 'no'], null],
    [{ type: 'checklist', key: 'k', values: options }, ['yes', 'yes'], 'FIELD_TYPE'],
    [{ type: 'taglist', key: 'k', values: options }, ['other'], 'FIELD_NOT_AN_OPTION'],
    [{ type: 'datetime', key: 'k', subtype: 'date' }, '2026-02-28', null],
    [{ type: 'datetime', key: 'k', subtype: 'date' }, '2026-02-30', 'FIELD_TYPE'],
    [
      { type: 'datetime', key: 'k', subtype: 'datetime', timeSerializingFormat: 'utc_offset' },
      '2026-02-28T09:30+08:00',
      null,
    ],
    [
      { type: 'datetime', key: 'k', subtype: 'datetime', timeSerializingFormat: 'utc_offset' },
      '2026-02-28T09:30',
      'FIELD_TYPE',
    ],
    [{ type: 'datetime', key: 'k', subtype: 'time', timeSerializingFormat: 'no_timezone' }, '25:00', 'FIELD_TYPE'],
    [{ type: 'filepicker', key: 'k' }, [{ id: 'f1', name: '会场.jpg', type: 'image/jpeg', size: 10 }], null],
    [{ type: 'filepicker', key: 'k' }, [{ id: '../x', name: 'a', type: 'image/jpeg', size: 10 }], 'FIELD_TYPE'],
    [{ type: 'filepicker', key: 'k' }, [{ id: 'f1', name: 'a', type: 'b', size: 1, path: '/etc' }], 'FIELD_TYPE'],
    [
      { type: 'filepicker', key: 'k', accept: '.pdf' },
      [{ id: 'f1', name: 'a.docx', type: 'application/pdf', size: 1 }],
      'FIELD_FILE_KIND',
    ],
    [
      { type: 'filepicker', key: 'k', accept: 'image/*,.PDF' },
      [{ id: 'f1', name: 'a.pdf', type: 'application/pdf', size: 1 }],
      null,
    ],
    [
      { type: 'filepicker', key: 'k' },
      ['a', 'b'].map((id) => ({ id, name: id, type: 't/t', size: 1 })),
      'FIELD_OUT_OF_RANGE',
    ],
  ])('%j with %j', (component, value, code) => {
    const form = formOf(component)
    const data = { limit: 3, people: ['甲', '乙'] }
    expect(faults(form, { k: value }, data)).toEqual(code === null ? [] : [['k', code]])
    if (code === null) expect(taken(form, { k: value }, data)).toEqual({ k: value })
  })
  it('read-only and disabled fields: an equal value is dropped, another is refused (A02)', () => {
    const form = formOf(
      text('a', { readonly: true }),
      text('b', { disabled: true }),
      text('c', { readonly: '=closed' }),
    )
    expect(taken(form, { a: 'x', b: 'y', c: 'z' }, { a: 'x', b: 'y', c: 'z', closed: true })).toEqual({})
    expect(faults(form, { a: 'other', b: 'y', c: 'other' }, { a: 'x', closed: true })).toEqual([
      ['a', 'FIELD_NOT_WRITABLE'],
      ['b', 'FIELD_NOT_WRITABLE'],
      ['c', 'FIELD_NOT_WRITABLE'],
    ])
    expect(taken(form, { c: 'new' }, { c: 'z', closed: false })).toEqual({ c: 'new' })
  })
  it('a hidden field is neither required nor accepted, in a hidden group too', () => {
    const form = formOf(
      { type: 'radio', key: 'r', values: options },
      text('why', { validate: { required: true }, conditional: { hide: '=r != "no"' } }),
      {
        type: 'group',
        conditional: { hide: '=r = "yes"' },
        components: [text('more', { validate: { required: true } })],
      },
    )
    expect(taken(form, { r: 'yes' })).toEqual({ r: 'yes', why: null, more: null })
    expect(faults(form, { r: 'yes', why: 'x', more: 'y' })).toEqual([
      ['why', 'FIELD_NOT_WRITABLE'],
      ['more', 'FIELD_NOT_WRITABLE'],
    ])
    expect(faults(form, { r: 'no' })).toEqual([
      ['why', 'FIELD_REQUIRED'],
      ['more', 'FIELD_REQUIRED'],
    ])
  })
  it('expression fields are computed by the server, whatever is sent', () => {
    const form = formOf(number('yes'), number('present'), {
      type: 'expression',
      key: 'passed',
      expression: '=2 * yes > present',
    })
    expect(taken(form, { yes: 3, present: 9, passed: true })).toEqual({ yes: 3, present: 9, passed: false })
  })
  it('a hidden expression field is not computed', () => {
    const form = formOf(number('n'), {
      type: 'expression',
      key: 'double',
      expression: '=2 * n',
      conditional: { hide: '=n > 5' },
    })
    expect(taken(form, { n: 3 })).toEqual({ n: 3, double: 6 })
    expect(taken(form, { n: 6, double: 12 })).toEqual({ n: 6 })
  })
  it('a check over several fields says its own words, once they are sound', () => {
    const check = { check: '=yes + no + abstain = present', checkMessage: '三项票数之和应等于到会人数。' }
    const form = formOf(
      number('present', { validate: { required: true } }),
      number('yes'),
      number('no'),
      number('abstain', { properties: check }),
    )
    expect(judge(form, { present: 9, yes: 5, no: 3, abstain: 2 }).errors).toEqual([
      { field: 'abstain', label: 'abstain', code: 'FIELD_CHECK_FAILED', facts: { message: check.checkMessage } },
    ])
    expect(taken(form, { present: 9, yes: 5, no: 3, abstain: 1 })).toMatchObject({ abstain: 1 })
    expect(faults(form, { yes: 5, no: 3, abstain: 1 })).toEqual([['present', 'FIELD_REQUIRED']])
  })
  it('a check that gives null has failed', () => {
    const form = formOf(text('a', { properties: { check: '=missing > 3', checkMessage: 'x' } }))
    expect(faults(form, { a: 'b' })).toEqual([['a', 'FIELD_CHECK_FAILED']])
  })
  it('now() is the time of the command', () => {
    const form = formOf({
      type: 'datetime',
      key: 'd',
      subtype: 'date',
      properties: { check: '=date(d) <= today()', checkMessage: 'x' },
    })
    expect(faults(form, { d: '2026-05-19' })).toEqual([['d', 'FIELD_CHECK_FAILED']])
    expect(faults(form, { d: '2026-05-18' })).toEqual([])
  })

  describe('groups with a path and dotted keys', () => {
    const form = formOf({
      type: 'group',
      path: 'applicant',
      components: [text('name', { validate: { required: true } }), text('home.street')],
    })
    it('nest, and keep what other steps stored beside', () => {
      expect(
        taken(form, { applicant: { name: '甲', home: { street: '一号' } } }, { applicant: { name: '乙', age: 40 } }),
      ).toEqual({ applicant: { name: '甲', home: { street: '一号' }, age: 40 } })
    })
    it('name faults by their path', () => {
      expect(faults(form, { applicant: { home: 'x', extra: 1 } })).toEqual([
        ['applicant.home', 'FIELD_TYPE'],
        ['applicant.extra', 'FIELD_UNKNOWN'],
        ['applicant.name', 'FIELD_REQUIRED'],
      ])
      expect(faults(form, { applicant: 'x' })).toEqual([
        ['applicant', 'FIELD_TYPE'],
        ['applicant.name', 'FIELD_REQUIRED'],
      ])
    })
  })

  describe('dynamic lists', () => {
    const rows = (more: Source = {}): Source => ({
      type: 'dynamiclist',
      path: 'rows',
      label: '名册',
      ...more,
      components: [
        text('name', { validate: { required: true } }),
        { type: 'checkbox', key: 'present' },
        text('why', { conditional: { hide: '=present' } }),
        number('no', { validate: { max: '=limit' } }),
      ],
    })
    it('judge each row in its own scope and name it', () => {
      const form = formOf(rows())
      expect(
        taken(form, {
          rows: [
            { name: '甲', present: true },
            { name: '乙', present: false, why: '外出' },
          ],
        }),
      ).toEqual({
        rows: [
          { name: '甲', present: true, no: null },
          { name: '乙', present: false, why: '外出', no: null },
        ],
      })
      expect(
        faults(form, { rows: [{ name: '甲', present: true, why: 'x', no: 9 }, { extra: 1 }] }, { limit: 5 }),
      ).toEqual([
        ['rows[0].why', 'FIELD_NOT_WRITABLE'],
        ['rows[0].no', 'FIELD_OUT_OF_RANGE'],
        ['rows[1].extra', 'FIELD_UNKNOWN'],
        ['rows[1].name', 'FIELD_REQUIRED'],
      ])
      expect(faults(form, { rows: {} })).toEqual([['rows', 'FIELD_TYPE']])
      expect(faults(form, { rows: [1] })).toEqual([['rows', 'FIELD_TYPE']])
    })
    it('without adding and removing: the stored rows, in place, with what other steps wrote in them', () => {
      const form = formOf({
        type: 'dynamiclist',
        path: 'roll',
        allowAddRemove: false,
        components: [text('name', { readonly: true }), { type: 'checkbox', key: 'present' }],
      })
      const data = {
        roll: [
          { id: 'p1', name: '甲' },
          { id: 'p2', name: '乙' },
        ],
      }
      expect(
        taken(
          form,
          {
            roll: [
              { name: '甲', present: true },
              { name: '乙', present: false },
            ],
          },
          data,
        ),
      ).toEqual({
        roll: [
          { id: 'p1', name: '甲', present: true },
          { id: 'p2', name: '乙', present: false },
        ],
      })
      expect(faults(form, { roll: [{ name: '甲' }] }, data)).toEqual([['roll', 'FIELD_OUT_OF_RANGE']])
      expect(faults(form, { roll: [{ name: '丙' }, { name: '乙' }] }, data)).toEqual([
        ['roll[0].name', 'FIELD_NOT_WRITABLE'],
      ])
    })
    it('a row is known again by its read-only values, once, and keeps what other steps wrote in it', () => {
      const form = formOf({
        type: 'dynamiclist',
        path: 'roll',
        components: [text('name', { readonly: true }), { type: 'checkbox', key: 'present' }],
      })
      const data = {
        roll: [
          { id: 'p1', name: '甲' },
          { id: 'p2', name: '乙' },
        ],
      }
      expect(taken(form, { roll: [{ name: '乙', present: true }] }, data)).toEqual({
        roll: [{ id: 'p2', name: '乙', present: true }],
      })
      expect(faults(form, { roll: [{ name: '乙' }, { name: '乙' }] }, data)).toEqual([
        ['roll[1].name', 'FIELD_NOT_WRITABLE'],
      ])
      expect(faults(form, { roll: [{ name: '丙' }] }, data)).toEqual([['roll[0].name', 'FIELD_NOT_WRITABLE']])
    })
    it('a hidden list takes nothing and asks for nothing', () => {
      const form = formOf(text('kind'), rows({ conditional: { hide: '=kind = "none"' } }))
      expect(taken(form, { kind: 'none', rows: [] })).toEqual({ kind: 'none', rows: null })
      expect(taken(form, { kind: 'none' }, { rows: [{ name: '甲' }] })).toEqual({ kind: 'none' })
      expect(faults(form, { kind: 'none', rows: [{ name: '甲' }] })).toEqual([['rows', 'FIELD_NOT_WRITABLE']])
      expect(faults(form, { kind: 'some' })).toEqual([['rows', 'FIELD_REQUIRED']])
    })
    it('1,001 rows are too many', () => {
      expect(
        faults(formOf({ type: 'dynamiclist', path: 'r', components: [text('a')] }), {
          r: Array.from({ length: 1001 }, () => ({})),
        }),
      ).toEqual([['r', 'FIELD_OUT_OF_RANGE']])
    })
    it('parent, this and i reach around the row', () => {
      const form = formOf(number('limit'), {
        type: 'dynamiclist',
        path: 'r',
        components: [
          number('a', { properties: { check: '=a <= parent.limit and this.a = a and i > 0', checkMessage: 'x' } }),
        ],
      })
      expect(faults(form, { limit: 3, r: [{ a: 2 }, { a: 4 }] })).toEqual([['r[1].a', 'FIELD_CHECK_FAILED']])
    })
  })
  it('answers of endless depth are refused, not choked on', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as Json
    expect(faults(formOf(text('a')), { a: deep })).toEqual([['a', 'FIELD_TYPE']])
    expect(faults(formOf({ type: 'expression', key: 'a', expression: '=1' }), { a: deep })).toEqual([
      ['a', 'FIELD_TYPE'],
    ])
  })
  it('a faulty submission stores nothing', () => {
    expect(judge(formOf(text('a'), number('b')), { a: 'x', b: 'y' }).variables).toEqual({})
  })
})

describe('what may be seen', () => {
  const form = formOf(
    text('title'),
    {
      type: 'dynamiclist',
      path: 'roll',
      components: [text('name'), text('note', { conditional: { hide: '=name = "甲"' } })],
    },
    { type: 'text', text: '本村 {{case.unit.name}}' },
    { type: 'table', label: '票', dataSource: '=votes', columns: [] },
    { type: 'select', key: 'who', valuesKey: 'people' },
    number('sum', { readonly: true }),
  )
  const data = {
    title: '修路',
    roll: [{ name: '甲', secret: 1 }],
    case: { key: '1', unit: { name: '花园村', id: 'v1' } },
    votes: [{ yes: 1 }],
    people: ['甲'],
    secret: 'x',
    name: 'leak',
    sum: 5,
  }
  it('pickAnswers gives the form its own and nothing else', () => {
    expect(pickAnswers(form, contextOf(data))).toEqual({
      title: '修路',
      roll: [{ name: '甲' }],
      case: { unit: { name: '花园村' } },
      votes: [{ yes: 1 }],
      people: ['甲'],
      sum: 5,
    })
  })
  it('names', () => {
    expect(writableNames(form)).toEqual(['title', 'roll', 'who'])
    expect(readableNames(form).sort()).toEqual(['case', 'people', 'roll', 'sum', 'title', 'votes', 'who'])
  })
  it('shapeForm removes and locks fields, and what it made is what is judged', () => {
    const shaped = shapeForm(form, { title: 'read', 'roll[].note': 'none', roll: 'read', who: 'none' })
    const narrowed = readForm(shaped, 'a.form').form!
    expect(narrowed.fields.map((field) => [field.name, field.readonly])).toEqual([
      ['title', true],
      ['roll[].name', true],
      ['sum', true],
    ])
    expect(faults(narrowed, { title: 'other', who: 'x' }, { title: '修路', roll: [] })).toEqual([
      ['who', 'FIELD_UNKNOWN'],
      ['title', 'FIELD_NOT_WRITABLE'],
    ])
    expect(form.fields).toHaveLength(5)
    expect(faults(narrowed, { roll: [{ name: '甲' }, {}] }, { roll: [{ name: '甲' }] })).toEqual([
      ['roll', 'FIELD_OUT_OF_RANGE'],
    ])
  })
})

describe('jsonSchema', () => {
  it('is closed at every level', () => {
    const schema = jsonSchema(formOf(text('a.b'), { type: 'dynamiclist', path: 'r', components: [number('n')] }))
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: {
        a: { additionalProperties: false, properties: { b: {} } },
        r: { items: { additionalProperties: false, properties: { n: {} } } },
      },
    })
  })
})
