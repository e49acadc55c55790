import { describe, expect, it } from 'vitest'
import { costlyComponents } from './costly.ts'
import { readForm } from './read.ts'

const LOOP = 'for i in 1..1000000000 return i'
const formOf = (...components: object[]) => ({ type: 'default', id: 'f', schemaVersion: 19, components })
const text = (key: string, more: object = {}) => ({ type: 'textfield', key, id: `Id_${key}`, label: key, ...more })

/** What deploy says: the field and why. */
const said = (...components: object[]) =>
  readForm(formOf(...components), 'f.form').problems.map(({ code, facts }) => [code, facts.field, facts.reason])

describe('readForm refuses what would stop a phone (I05, I11)', () => {
  it.each([
    ['conditional.hide', text('a', { conditional: { hide: `=count(${LOOP}) > 0` } })],
    ['readonly', text('a', { readonly: `=count(${LOOP}) > 0` })],
    ['valuesExpression', { type: 'select', key: 'a', valuesExpression: `=${LOOP}` }],
    ['an expression field', { type: 'expression', key: 'a', expression: `=${LOOP}` }],
    ['min', { type: 'number', key: 'a', validate: { min: `=count(${LOOP})` } }],
    ['maxLength', text('a', { validate: { maxLength: `=count(${LOOP})` } })],
    ['a label', text('a', { label: `共 {{ count(${LOOP}) }} 项` })],
    ['a label that leaves the brackets', text('a', { label: `{{ 1) + count(${LOOP} }}` })],
    ['a label with braces in it', text('a', { label: `{{ {x: ${LOOP}}.x }}` })],
    ['a label over lines', text('a', { label: `{{\ncount(${LOOP})\n}} {{ 1 }}` })],
    ['a label that is never closed', text('a', { label: `{{ 1 }} {{ ${LOOP}` })],
    ['a description', text('a', { description: `=${LOOP}` })],
    ['a unit after the field', { type: 'number', key: 'a', appearance: { suffixAdorner: `=count(${LOOP})` } }],
    ['a name of its own that calls itself', text('a', { label: '{{ {f: function(x) f(x) + f(x), r: f(1)}.r }}' })],
    ['a check across fields', text('a', { properties: { check: `count(${LOOP}) > 0`, checkMessage: '…' } })],
  ])('%s', (_, component) => {
    expect(said(component).filter(([, , reason]) => reason === 'endless' || reason === 'costly')).toEqual([
      ['FORM_INVALID', 'a', expect.stringMatching(/endless|costly/)],
    ])
  })

  it('names the field as people know it', () => {
    expect(said(text('a', { label: '金额', readonly: `=count(${LOOP}) > 0` }))).toEqual([
      ['FORM_INVALID', '金额', 'costly'],
    ])
  })

  it('a loop up to what somebody types', () => {
    const n = { type: 'number', key: 'n' }
    expect(said(n, text('a', { label: '{{ count(for i in 1..n return i) }}' }))).toEqual([
      ['FORM_INVALID', 'a', 'endless'],
    ])
    expect(said(n, text('a', { label: '{{ count(for i in 1..max(0, min(floor(n), 50)) return i) }}' }))).toEqual([])
  })

  it('loops of a template within each other', () => {
    const looped = (depth: number) =>
      `${'{{#loop rows}}'.repeat(depth)}{{ a + b + c }}${'{{/loop}}'.repeat(depth)}{{ d }}`
    expect(said({ type: 'text', id: 'T', text: looped(1) })).toEqual([])
    expect(said({ type: 'text', id: 'T', text: looped(4) })).toEqual([['FORM_INVALID', 'T', 'costly']])
  })

  it('rows that each go through all rows, over and over', () => {
    const row = (...components: object[]) => ({ type: 'dynamiclist', path: 'rows', id: 'L', components })
    const same = 'count(rows[item.kind = kind])'
    expect(said(row(text('kind', { conditional: { hide: `=${same} > 1` } })))).toEqual([])
    const twice = text('kind', { conditional: { hide: `=count(rows[${same} > 1]) > 1` } })
    expect(said(row(twice))).toEqual([['FORM_INVALID', 'kind', 'costly']])
  })

  it('many that are bearable alone: the dearest is named', () => {
    const square = (times: string) => `=count(for a in rows, b in rows return ${times}) > 0`
    const fields = Array.from({ length: 30 }, (_, index) =>
      text(`f${index}`, { conditional: { hide: square(index === 7 ? 'a + b + 1' : 'a') } }),
    )
    expect(said(...fields.slice(0, 5))).toEqual([])
    expect(said(...fields)).toEqual([['FORM_INVALID', 'f7', 'costly']])
  })

  it('patterns that go back without end, in rules and in expressions', () => {
    expect(said(text('a', { validate: { pattern: '^(a+)+$' } }))).toEqual([['FORM_INVALID', 'a', 'patternSlow']])
    expect(said(text('a', { conditional: { hide: '=matches(b, "^(a+)+$")' } }))).toEqual([
      ['FORM_INVALID', 'a', 'patternSlow'],
    ])
    expect(said(text('a', { validate: { pattern: '^[A-Z]{2}-\\d+$' } }))).toEqual([])
  })
})

it('is told of forms that cannot be read, too, and of each component once', () => {
  const schema = {
    components: [
      { type: 'textfield', key: 'a', label: '甲', readonly: `=count(${LOOP}) > 0`, description: `=${LOOP}` },
      { type: 'no type', id: 'T', text: `共 {{ count(${LOOP}) }} 项` },
      { type: 'group', components: [{ type: 'select', key: 'b', valuesExpression: `=${LOOP}` }] },
      { type: 'textfield', key: 'c', label: '=sum(for i in 1..10 return i)', conditional: { hide: '=a != "x"' } },
      { type: 'textfield', key: 'd', label: '{{ 读不通 (' },
      null,
    ],
  }
  expect(costlyComponents(schema).map(({ name, label, reason }) => [name, label, reason])).toEqual([
    ['a', '甲', 'costly'],
    ['T', null, 'costly'],
    ['b', null, 'costly'],
  ])
  expect([null, 1, [], {}, { components: 1 }].flatMap(costlyComponents)).toEqual([])
})
