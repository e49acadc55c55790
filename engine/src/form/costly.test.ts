import { expect, it } from 'vitest'
import { costlyComponents } from './costly.ts'
import { readForm } from './read.ts'

const SLOW = '^(a+)+$'
const formOf = (...components: object[]) => ({ type: 'default', id: 'f', schemaVersion: 19, components })
const text = (key: string, more: object = {}) => ({ type: 'textfield', key, id: `Id_${key}`, label: key, ...more })

/** What deploy says: the field and why. */
const said = (...components: object[]) =>
  readForm(formOf(...components), 'f.form').problems.map(({ code, facts }) => [code, facts.field, facts.reason])

it.each([
  ['a rule', text('a', { validate: { pattern: SLOW } })],
  ['a condition', text('a', { conditional: { hide: `=matches(b, "${SLOW}")` } })],
  ['an argument by its name', text('a', { readonly: `=matches(input: b, pattern: "${SLOW}")` })],
  ['a template', text('a', { label: `{{#if b}}{{ replace(b, "${SLOW}", "") }}{{/if}}` })],
  ['the head of a loop', text('a', { label: `{{#loop split(b, "${SLOW}")}}{{ this }}{{/loop}}` })],
  ['a check across fields', text('a', { properties: { check: `matches(b, "${SLOW}")`, checkMessage: '…' } })],
])('FE10 a pattern that goes back without end is refused in %s', (_, component) => {
  expect(said(component)).toEqual([['FORM_INVALID', 'a', 'patternSlow']])
})

it('FE10 expressions and honest patterns are no trouble: the budget stops them on the page as on the server', () => {
  expect(said(text('a', { validate: { pattern: '^[A-Z]{2}-\\d+$' } }))).toEqual([])
  expect(said(text('a', { readonly: '=count(for i in 1..1000000000 return i) > 0' }))).toEqual([])
  expect(said(text('a', { readonly: `="${SLOW}" = b` }))).toEqual([])
})

it('FE10 costlyComponents is told of forms that cannot be read, too, and of each component once', () => {
  const hide = `=matches(b, "${SLOW}")`
  const schema = {
    components: [
      { type: 'textfield', key: 'a', label: '甲', readonly: hide, description: hide },
      { type: 'no type', id: 'T', text: `共 {{ matches(b, "${SLOW}") }} 项` },
      { type: 'group', components: [{ type: 'select', key: 'b', valuesExpression: hide }] },
      { type: 'textfield', key: 'd', label: '{{ 读不通 (' },
      null,
    ],
  }
  expect(costlyComponents(schema).map(({ name, label, reason }) => [name, label, reason])).toEqual([
    ['a', '甲', 'patternSlow'],
    ['T', null, 'patternSlow'],
    ['b', null, 'patternSlow'],
  ])
  expect([null, 1, [], {}, { components: 1 }].flatMap(costlyComponents)).toEqual([])
})
