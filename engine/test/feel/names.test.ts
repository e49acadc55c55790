import { describe, expect, it } from 'vitest'
import { compileExpression, contextOf, evaluate } from '../../src/feel/index.ts'
import type { Json, Variables } from '../../src/record/json.ts'

/** Evaluates a text that may use the names; what cannot be read is `error`. */
function evaluated(source: string, names: readonly string[], variables: Variables) {
  const compiled = compileExpression(source, { names })
  if ('error' in compiled) return 'error'
  return evaluate(compiled.expression, contextOf(variables), 0)
}

const resultOf = (source: string, names: readonly string[], variables: Variables): Json | undefined => {
  const outcome = evaluated(source, names, variables)
  return outcome !== 'error' && outcome.ok ? outcome.value : undefined
}

describe('FE5 names of the model (DMN 1.5 §10.3.1.4)', () => {
  it.each([
    ['Land area + 1', { 'Land area': 2 }, 3],
    ['Land area - net + 1', { 'Land area - net': 2, 'Land area': 9 }, 3],
    ['Land area-net + 1', { 'Land area - net': 2 }, 3],
    ['Land  area - 1', { 'Land area': 2 }, 1],
    ['not done', { 'not done': true }, true],
    ['count of rows + count([1])', { 'count of rows': 2 }, 3],
    ['date of birth', { 'date of birth': 'x' }, 'x'],
    ['not done.date of birth', { 'not done': { 'date of birth': 1 }, 'date of birth': 2 }, 1],
    ['order number * 2', { 'order number': 2 }, 4],
    ['item.Age-group', { item: { 'Age-group': 'a' }, 'Age-group': 'b' }, 'a'],
    ['item.Age - group', { item: { 'Age-group': 'a' }, 'Age-group': 'b' }, 'a'],
    ['count(rows[Age-group = "a"])', { rows: [{ 'Age-group': 'a' }, { 'Age-group': 'b' }], 'Age-group': 'b' }, 1],
    ['{Age-group: 1}.Age-group', { 'Age-group': 'b' }, 1],
  ])('%s is read by the spelling of the model', (source, variables, expected) => {
    expect(resultOf(source, Object.keys(variables), variables)).toEqual(expected)
  })

  it.each([['if so'], ['in order'], ['true story']])('%s begins with a word of the language and is none', (name) => {
    expect(evaluated(name, [name], { [name]: 1 })).toBe('error')
  })

  it('FE6 what is read is told in the spelling of the model', () => {
    const variables = { 'Age-group': 1, row: { 'net - pay': 2 } }
    const outcome = evaluated('Age - group + row.net-pay + row.Age-group', ['Age-group', 'net - pay'], variables)
    expect(outcome).toMatchObject({
      inputs: { 'Age-group': 1, 'row.net - pay': 2, 'row.Age-group': null },
      missing: ['row.Age-group'],
    })
  })
})

describe('FE5 names that an expression binds are written as they stand', () => {
  it.each([
    ['{a-b: 1}', { 'a-b': 1 }],
    ['{a - b: 1}', { 'a - b': 1 }],
    ['{a   b: 1}', { 'a b': 1 }],
    ['{a-b: 1, c: a - b}.c', 1],
    ['{a-b: 1, c: `a-b`}.c', 1],
    ['{"a-b": 1, c: a-b}.c', 1],
    ['{"a b": 1, c: a b}.c', 1],
    ['{f: function(a-b) a-b + 1, c: f(a - b: 1)}.c', 2],
    ['for a-b in [1, 2] return a - b + 1', [2, 3]],
  ])('%s', (source, expected) => {
    expect(resultOf(source, [], {})).toEqual(expected)
  })
})

describe('FE6 what a filter asks of an empty list is no news', () => {
  it.each([['xs[item > 1]'], ['xs[a + 1]'], ['xs[if a > 1 then 1 else 2]']])('%s', (source) => {
    expect(evaluated(source, [], { xs: [] })).toMatchObject({ ok: true, missing: [], unlike: [] })
  })
})
