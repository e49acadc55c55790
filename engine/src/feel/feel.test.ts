import { describe, expect, it } from 'vitest'
import type { Json } from '../record/json.ts'
import { AT, run, feelValue as value } from '../testing/feel.ts'
import { chainContexts, compileExpression, compileUnaryTests, contextOf, evaluate, staticExpression } from './index.ts'

describe('FE5 values of expressions', () => {
  it.each<[string, Json]>([
    ['3 * present >= 2 * total', true],
    ['count(list[amount > 3])', 1],
    ['list[amount > 3].amount', [5]],
    ['list[-1].amount', 1],
    ['sum(list.amount)', 6],
    ['for i in 1..3 return i * present', [20, 40, 60]],
    ['some x in list satisfies x.amount > 4', true],
    ['sort([3, 1, 2], function(a, b) a < b)', [1, 2, 3]],
    ['if present > 19 then "够" else "不够"', '够'],
    ['string length(项目)', 2],
    ['{a: 1, b: a + 1}.b', 2],
    ['missing', null],
    ['missing.deeper', null],
    ['is defined(missing)', false],
    ['is defined(项目)', true],
    ['get or else(missing, 5)', 5],
    ['is blank("  ")', true],
    ['is empty([])', true],
    ['trim(" a ")', 'a'],
    ['1 // a comment', 1],
    ['date("2026-02-01") - date("2026-01-01")', 'P31D'],
    ['date("2026-01-31") + duration("P1M")', '2026-02-28'],
    ['date and time("2026-01-01T00:00:00@Asia/Shanghai")', '2026-01-01T00:00:00+08:00'],
    ['1 / 0', null],
  ])('%s', (source, expected) => {
    expect(value(source, { present: 20, total: 29, list: [{ amount: 5 }, { amount: 1 }], 项目: '绿化' })).toEqual(
      expected,
    )
  })

  it('now() and today() tell the time of the command in Shanghai', () => {
    expect(value('now()')).toBe('2026-05-19T01:30:00+08:00')
    expect(value('today() + duration("P3D")')).toBe('2026-05-22')
    expect(value('date and time("2026-05-18T17:30:00Z") = now()')).toBe(true)
  })
  it('text of a variable becomes a date where the model says so', () => {
    expect(value('date(day) + duration("P1D")', { day: '2026-05-31' })).toBe('2026-06-01')
    expect(value('day < "2026-06-01"', { day: '2026-05-31' })).toBe(true)
  })
  it('a variable called like a function does not hide the function', () => {
    expect(value('count([1, 2])', { count: 9 })).toBe(2)
  })
  it('the same expression may be evaluated again and again', () => {
    const compiled = compileExpression('a + 1')
    if ('error' in compiled) throw new Error(compiled.error)
    for (let a = 0; a < 100; a += 1)
      expect(evaluate(compiled.expression, contextOf({ a }), AT)).toMatchObject({ value: a + 1 })
  })
  it('a static expression is its text', () => {
    expect(evaluate(staticExpression('=1 + 1'), contextOf({}), AT)).toEqual({
      ok: true,
      value: '=1 + 1',
      inputs: {},
      missing: [],
      unlike: [],
    })
  })
})

describe('FE3 filters: a test of each item, or a position (DMN 1.5 §10.3.2.5)', () => {
  const people = [
    { name: 'a', present: true, tag: null, at: 2 },
    { name: 'b', present: false, tag: 'x', at: 1 },
  ]
  it.each<[string, Json]>([
    ['people[present].name', ['a']],
    ['people[item.present].name', ['a']],
    ['people[not(present)].name', ['b']],
    ['people[(present)].name', ['a']],
    ['people[is defined(tag)].name', ['b']],
    ['people[contains(name, "b")].name', ['b']],
    ['people[list contains(["b", "c"], name)].name', ['b']],
    ['people[if present then at > 1 else at > 1].name', ['a']],
    ['people[get value(item, "present")].name', ['a']],
    ['people[present][name = "a"][1].at', 2],
    ['people[true].name', ['a', 'b']],
    ['people[n].name', 'b'],
    ['people[count(people)].name', 'b'],
    ['people[-1].name', 'b'],
    ['people[n - 1].name', 'a'],
    ['for i in 1..2 return people[i].name', ['a', 'b']],
    ['people[missing]', []],
    ['[true, false, true][item]', [true, true]],
  ])('%s', (source, expected) => {
    expect(value(source, { people, n: 2 })).toEqual(expected)
  })
})

describe('FE6 why: the inputs read', () => {
  it('names paths, leaves out what is bound inside, and keeps sizes for what is large', () => {
    const variables = { a: { x: 1, secret: 2 }, list: [{ amount: 5 }], roll: Array.from({ length: 1000 }, (_, i) => i) }
    expect(run('a.x + count(roll) > 3', variables).inputs).toEqual({ 'a.x': 1, roll: { count: 1000 } })
    expect(run('for i in list return i.amount', variables).inputs).toEqual({ list: [{ amount: 5 }] })
    expect(run('list[amount > 3]', variables).inputs).toEqual({ list: [{ amount: 5 }] })
    expect(run('missing = 1', variables).inputs).toEqual({ missing: null })
    // An entry's own value reads the name outside; entries after it read the entry.
    expect(run('{list: count(list), n: list}', variables).inputs).toEqual({ list: [{ amount: 5 }] })
    expect(run('{n: 1, m: n}', { n: 5 }).inputs).toEqual({})
  })
  it('asks inner scopes first', () => {
    const compiled = compileExpression('x + y')
    if ('error' in compiled) throw new Error(compiled.error)
    const scope = chainContexts(contextOf({ x: 1 }), contextOf({ x: 10, y: 20 }))
    expect(evaluate(compiled.expression, scope, AT)).toMatchObject({ value: 21 })
  })
})

describe('FE4 results are rebuilt', () => {
  const hostile = JSON.parse('{"__proto__": {"admin": true}, "a": 1}') as { [name: string]: Json }
  it.each([
    'x',
    'context put(x, "b", 1)',
    'context merge([x, {c: 2}])',
    'for i in [x] return i',
    '[x][a = 1]',
    'get value(x, "__proto__")',
  ])('%s', (source) => {
    run(source, { x: hostile })
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
  it('an own __proto__ entry stays a plain entry', () => {
    const result = value('x', { x: hostile }) as { [name: string]: Json }
    expect(result).not.toBe(hostile)
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
    expect(Object.keys(result)).toEqual(['__proto__', 'a'])
  })
  it('nothing of the language reaches what every object has', () => {
    expect(value('x.constructor', { x: {} })).toBeNull()
    expect(value('constructor')).toBeNull()
    expect(value('get value({}, "toString")')).toBeNull()
  })
  it('functions, ranges and infinite numbers are no values', () => {
    for (const source of ['[1..3]', '2 ** 5000', '[1, [2..3]]', 'function(x) x', '{f: function(x) x}'])
      expect(run(source).ok).toBe(false)
  })
})

describe('FE8 unary tests (DMN 1.5 §7.3.3)', () => {
  it.each<[string, Json, boolean | null]>([
    ['< 3', 2, true],
    ['< 3', 3, false],
    ['< 3', null, null],
    ['not(< 3)', null, null],
    ['"a", 3', 4, null],
    ['[1..3], 7', 7, true],
    ['(1..3)', 1, false],
    ['not("a", "b")', 'c', true],
    ['not("a", "b")', 'a', false],
    ['"a", "b"', 'b', true],
    ['-', null, true],
    ['? > 3 and ? < 9', 4, true],
    ['contains(?, "土地")', '土地承包', true],
    ['true', true, true],
    ['true', false, false],
    ['false', false, true],
    ['null', null, true],
    ['null', 1, false],
    ['roll', 2, true],
    ['roll', 9, false],
    ['limit', 5, true],
    ['>= limit', 6, true],
    ['[1, 2]', 2, true],
  ])('%s for %s', (source, cell, expected) => {
    const compiled = compileUnaryTests(source)
    if ('error' in compiled) throw new Error(compiled.error)
    const scope = { get: (name: string) => (name === '?' ? cell : contextOf({ roll: [1, 2, 3], limit: 5 }).get(name)) }
    expect(evaluate(compiled.expression, scope, AT)).toMatchObject({ ok: true, value: expected })
  })
  it('refuses what cannot be read', () => {
    expect(compileUnaryTests('< <')).toEqual({ error: expect.any(String), at: expect.any(Number) })
    expect(compileUnaryTests('')).toMatchObject({ at: 0 })
  })
})
