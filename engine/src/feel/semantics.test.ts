import { describe, expect, it } from 'vitest'
import type { Json } from '../record/json.ts'
import {
  compileExpression,
  compileUnaryTests,
  contextOf,
  evaluate,
  evaluateFeel,
  FeelFunction,
  typeOf,
} from './index.ts'

const VARIABLES: { readonly [name: string]: Json } = {
  amount: 5,
  name: '甲',
  nothing: null,
  land: { area: 3.5, 'total area': 7, owner: { name: '乙' } },
  list: [{ amount: 5 }, { amount: 1, note: 'x' }],
}

function run(source: string, variables: { readonly [name: string]: Json } = VARIABLES) {
  const compiled = compileExpression(source)
  if ('error' in compiled) throw new Error(`${source}: ${compiled.error}`)
  return evaluate(compiled.expression, contextOf(variables), 0)
}
const value = (source: string): Json => {
  const result = run(source)
  if (!result.ok) throw new Error(result.message)
  return result.value
}

describe('FE5 numbers are decimals of 34 digits', () => {
  it.each<[string, Json]>([
    ['0.1 + 0.2 = 0.3', true],
    ['0.1 * 3', 0.3],
    ['1.1 * 1.1', 1.21],
    ['(1 / 3) * 3 = 1', false],
    ['string(1 / 3)', '0.3333333333333333333333333333333333'],
    ['9007199254740991 + 2 = 9007199254740993', true],
    ['9007199254740993 - 9007199254740992', 1],
    ['2 ** 100 - 2 ** 100 + 1', 1],
    ['10 / 4', 2.5],
    ['-0 = 0', true],
    ['-2 ** 2', 4],
    ['2 ** 3 ** 2', 64],
    ['2 ** -1', 0.5],
    ['4 ** 0.5', 2],
    ['(-8) ** 0.5', null],
    ['10 ** 7000', null],
    ['1e3', 1000],
    ['.5', 0.5],
  ])('%s is %s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })
})

describe('FE6 what is missing or unlike is null, and noted', () => {
  it('notes names and entries that are not there, by their path, once', () => {
    expect(run('absent = 1 or absent = 2').missing).toEqual(['absent'])
    expect(run('land.owner.age + land.depth').missing).toEqual(['land.owner.age', 'land.depth'])
    expect(run('absent.of.all').missing).toEqual(['absent'])
    expect(run('nothing = null').missing).toEqual([])
  })
  it('what an expression asks for, or looks up in items, is not missing', () => {
    expect(run('is defined(absent) and is defined(land.depth)').missing).toEqual([])
    expect(run('get or else(land.depth, 5)').missing).toEqual([])
    expect(run('get or else(nothing, absent)').missing).toEqual(['absent'])
    expect(run('list[note = "x"].amount').missing).toEqual([])
    expect(run('if amount > 3 then "much" else absent').missing).toEqual([])
  })
  it.each<[string, string, string, string]>([
    ['1 < "a"', '<', 'number', 'string'],
    ['amount >= name', '>=', 'number', 'string'],
    ['amount + name', '+', 'number', 'string'],
    ['name * 2', '*', 'string', 'number'],
    ['amount = name', '=', 'number', 'string'],
    ['list > 3', '>', 'list', 'number'],
    ['nothing - 1', '-', 'null', 'number'],
    ['amount between 1 and "9"', 'between', 'number', 'string'],
    ['amount and true', 'and', 'number', 'boolean'],
    ['-name', '-', 'string', 'string'],
  ])('%s', (source, operator, left, right) => {
    expect(run(source)).toMatchObject({ ok: true, value: null, unlike: [{ operator, left, right }] })
  })
  it('null equals nothing else, and a cell without a value passes no comparison: neither is unlike', () => {
    expect(run('nothing = 3 or nothing != 3').unlike).toEqual([])
    const compiled = compileUnaryTests('< 3')
    if ('error' in compiled) throw new Error(compiled.error)
    expect(evaluate(compiled.expression, contextOf({ '?': null }), 0)).toMatchObject({ value: null, unlike: [] })
  })
  it('keeps 20, and one empty list where there is nothing to say', () => {
    expect(run('for i in 1..50 return i < "a"').unlike).toHaveLength(20)
    expect(run('1').missing).toBe(run('2').unlike)
  })
})

describe('FE7 functions are values', () => {
  it.each<[string, Json]>([
    ['(function(a, b) a - b)(5, 3)', 2],
    ['{f: function(a, b) a - b, r: f(b: 3, a: 5)}.r', 2],
    ['{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r', 2432902008176640000],
    ['{add: function(x) function(y) x + y, r: add(2)(3)}.r', 5],
    ['(for i in 1..3 return function(x) x * i)[2](10)', 20],
    ['{f: function(a) a, r: f()}.r', null],
    ['{f: function(a) a, r: f(1, 2)}.r', null],
    ['{f: function(a) a, r: f(b: 1)}.r', null],
    ['{f: function(a: number) a + 1, r: [f(1), f("x"), f([4])]}.r', [2, null, 5]],
    ['{f: function(a: list<number>) count(a), r: f(1)}.r', 1],
    ['{f: 5, r: f(1)}.r', null],
    ['substring(string: "abc", start position: 2)', 'bc'],
    ['substring(start position: 2, string: "abc", length: 1)', 'b'],
    ['substring(text: "abc")', null],
    ['amount(1)', 'refused'],
  ])('%s', (source, expected) => {
    if (expected === 'refused') expect(compileExpression(source)).toMatchObject({ error: expect.any(String), at: 0 })
    else expect(value(source)).toEqual(expected)
  })
  it('a function of the context is called by its name, which the model gives', () => {
    const compiled = compileExpression('Monthly fee(land area: 2) + case - fee', {
      names: ['Monthly fee', 'case - fee'],
    })
    if ('error' in compiled) throw new Error(compiled.error)
    const fee = new FeelFunction(['land area'], ([area]) => (area as number) * 10)
    const scope = { get: (name: string) => (name === 'Monthly fee' ? fee : name === 'case - fee' ? 1 : undefined) }
    expect(evaluateFeel(compiled.expression, scope, 0)).toMatchObject({ ok: true, value: 21 })
    expect(compiled.expression.names).toEqual(['Monthly fee', 'case - fee'])
  })
})

describe('FE5 the language', () => {
  it.each<[string, Json]>([
    ['{`a b`: 3}.`a b`', 3],
    ['land.total area', 7],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
    ['"\\u4e61\\U01F33E \\"\\\\\\n\\d"', '乡🌾 "\\\n\\d'],
    ['for i in 3..1, j in [1..2) return i * 10 + j', [31, 21, 11]],
    ['for d in @"2026-02-28"..@"2026-03-01" return d', ['2026-02-28', '2026-03-01']],
    ['for i in 1..3 return count(partial)', [0, 1, 2]],
    ['for i in null return i', null],
    ['some x in [1, null] satisfies x > 0', true],
    ['every x in [1, null] satisfies x > 0', null],
    ['[1, 2] instance of list<number>', true],
    ['[1..2] instance of range<number>', true],
    ['{a: 1} instance of context<a: number, b: string>', false],
    ['(function(a) a) instance of function<number> -> number', true],
    ['null instance of Any', false],
    ['amount in (> 9, [1..5])', true],
    ['amount in (? > 3)', true],
    ['"a" in < 3', null],
    ['5 in [[1..3], [4..6]]', true],
    ['[1..5].end', 5],
    ['(< 5).start', null],
    ['[1..5) = [1..5)', true],
    ['[1, "a"] = ["a", 1]', false],
    ['if null then 1 else 2', 2],
    ['null or true', true],
    ['null[1]', null],
    ['7[1]', 7],
    ['7[item > 5]', [7]],
    ['@"nonsense"', null],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })
  it('evaluateFeel keeps dates and ranges', () => {
    for (const [source, type] of [
      ['@"2026-05-18"', 'date'],
      ['@"2026-05-18T08:00:00"', 'date and time'],
      ['@"08:00:00"', 'time'],
      ['@"P1D"', 'days and time duration'],
      ['@"P1M"', 'years and months duration'],
      ['[1..2]', 'range'],
      ['function(x) x', 'function'],
    ] as const) {
      const compiled = compileExpression(source)
      if ('error' in compiled) throw new Error(compiled.error)
      const result = evaluateFeel(compiled.expression, contextOf({}), 0)
      expect(result.ok && typeOf(result.value)).toBe(type)
    }
  })
})
