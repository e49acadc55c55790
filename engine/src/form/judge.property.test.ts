import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contextOf } from '../feel/index.ts'
import { say } from '../problem/index.ts'
import type { Json, Variables } from '../record/json.ts'
import { jsonSchema, judgeAnswers, readForm, validateBySchema, writableNames } from './index.ts'

const schema = {
  type: 'default',
  id: 'f',
  schemaVersion: 19,
  components: [
    { type: 'textfield', key: 'a', validate: { required: true, maxLength: 5 } },
    { type: 'number', key: 'b', decimalDigits: 0, readonly: '=c = true' },
    { type: 'checkbox', key: 'c' },
    {
      type: 'group',
      path: 'g',
      conditional: { hide: '=c' },
      components: [
        { type: 'radio', key: 'r', values: [{ label: 'x', value: 'x' }] },
        { type: 'textfield', key: 'fixed', readonly: true },
      ],
    },
    {
      type: 'dynamiclist',
      path: 'l',
      components: [
        { type: 'number', key: 'n', validate: { min: 0 } },
        { type: 'filepicker', key: 'p' },
      ],
    },
    { type: 'expression', key: 'sum', expression: '=sum(l.n)' },
  ],
}
const form = readForm(schema, 'a.form').form!

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
/** Answers near the form's shape, with anything anywhere. */
const near = fc.record(
  {
    a: fc.oneof(fc.string(), json),
    b: fc.oneof(fc.integer(), json),
    c: fc.oneof(fc.boolean(), json),
    g: fc.oneof(fc.record({ r: fc.oneof(fc.constant('x'), json), fixed: json }, { requiredKeys: [] }), json),
    l: fc.oneof(fc.array(fc.record({ n: fc.oneof(fc.integer(), json), p: json }, { requiredKeys: [] })), json),
    sum: json,
    other: json,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>

it('whatever is sent: no throw, words for every fault, and only sound values of writable names are taken (I12, A02)', () => {
  const closed = jsonSchema(form)
  const allowed = new Set([...writableNames(form), 'sum'])
  fc.assert(
    fc.property(fc.oneof(near, json), near, (answers, stored) => {
      const data = (stored !== null && typeof stored === 'object' && !Array.isArray(stored) ? stored : {}) as Variables
      const { variables, errors } = judgeAnswers(form, answers, contextOf(data), 0, validateBySchema)
      for (const error of errors)
        expect(say(error.code, { ...error.facts, field: error.field }, 'zh-CN').text).not.toBe('')
      if (errors.length > 0) expect(variables).toEqual({})
      expect(Object.keys(variables).filter((name) => !allowed.has(name))).toEqual([])
      // What other steps stored beside a nested answer stays, sound or not: only what is written is judged here.
      const { g: _kept, sum: _computed, ...written } = variables
      expect(validateBySchema(closed, written)).toEqual([])
    }),
    { numRuns: 400 },
  )
}, 60_000)
