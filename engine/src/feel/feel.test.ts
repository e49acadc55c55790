import { describe, expect, it } from 'vitest'
import type { Json } from '../record/json.ts'
import { chainContexts, compileExpression, compileUnaryTests, contextOf, evaluate, staticExpression } from './index.ts'

const AT = Date.UTC(2026, 4, 18, 17, 30)

function run(source: string, variables: { [name: string]: Json } = {}) {
  const compiled = compileExpression(source)
  if ('error' in compiled) throw new Error(`${source}: ${compiled.error}`)
  return evaluate(compiled.expression, contextOf(variables), AT)
}
const value = (source: string, variables: { [name: string]: Json } = {}): Json => {
  const result = run(source, variables)
  if (!result.ok) throw new Error(result.message)
  return result.value
}

describe('values', () => {
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
    expect(evaluate(staticExpression('=1 + 1'), contextOf({}), AT)).toEqual({ ok: true, value: '=1 + 1', inputs: {} })
  })
})

describe('filters: a test of each item, or a position (DMN 1.5 §10.3.2.5)', () => {
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

describe('why: the inputs read', () => {
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

describe('refused when compiled', () => {
  it.each([
    ['', 0],
    ['b +', 3],
    ['a = = 3', 4],
    ['a (', 3],
    ['tru e', 0],
    ['lenght(a)', 0],
    ['{f: function(x) f(x)}', 4],
    ['(function(f) f(f))(function(f) f(f))', 1],
    ['{"__proto__": 1}', 1],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, expect.any(Number)],
    [`"${'x'.repeat(12_000)}"`, 10_000],
  ])('%s', (source, at) => {
    expect(compileExpression(source)).toEqual({ error: expect.any(String), at })
  })
})

describe('refused before the parser sees it (I05)', () => {
  it.each([
    Array.from({ length: 4_900 }, () => '1').join(','),
    Array.from({ length: 2_500 }, () => 'a').join('+'),
    'if a then b else '.repeat(550),
    '"'.repeat(9_999),
  ])(
    '%# of some 10,000 characters, by its parts',
    (source) => {
      expect(compileExpression(source)).toEqual({
        error: 'the expression has more than 1200 parts',
        at: expect.any(Number),
      })
    },
    200,
  )
  it('a text is one part, however long; a comment is none', () => {
    expect(compileExpression(`"${'a b '.repeat(2_000)}" ${'/* c, d */'.repeat(100)}`)).toHaveProperty('expression')
  })
  it.each(['{a:', 'a[', '(', '[(', 'f({'])(
    '%s, 2,000 times',
    (part) => {
      expect(compileExpression(part.repeat(2_000))).toEqual({
        error: 'the expression is nested too deeply',
        at: expect.any(Number),
      })
    },
    200,
  )
  it('brackets inside texts do not count', () => {
    expect(compileExpression(`"${'('.repeat(200)}\\"${'['.repeat(200)}"`)).toHaveProperty('expression')
  })
  it('a cell of more than 2,000 characters', () => {
    expect(compileUnaryTests(`${'1,'.repeat(1_000)}1`)).toMatchObject({ at: 2_000 })
  })
})

describe('bounded (I05)', () => {
  it.each([
    'for i in 1..10000000 return i',
    'for i in [1..10000000] return i',
    'some i in 1..10000000 satisfies i < 0',
    'for i in 1..1000, j in 1..1000 return i',
    'for i in 1..1000 return for j in 1..1000 return j',
    'for i in 1..2.5 return i',
    'for i in 1..60 return if i = 1 then "aa" else partial[-1] + partial[-1]',
    'for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])',
    'for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]',
    'flatten(for i in 1..200 return roll)',
    'for i in 1..100 return count(roll[item > i])',
    `{${Array.from({ length: 40 }, (_, i) => `a${i + 1}: ${i === 0 ? '"xx"' : `a${i} + a${i}`}`).join(', ')}}`,
    'string join(for i in 1..9000 return long, "")',
    'for i in 1..9000 return people = others',
    'for i in 1..9000 return people in [others, 1]',
    'for i in roll return i in (roll)',
    'distinct values(people)',
    'union(people, others)',
    'some i in roll satisfies list contains(people, i)',
    'for i in roll return replace(long, "x", "y")',
    `for i in roll return ${'1 + '.repeat(60)}1`,
    `roll[${'item + '.repeat(60)}1 = 0]`,
  ])(
    '%s',
    (source) => {
      const people = Array.from({ length: 9000 }, (_, i) => ({ name: `n${i}`, age: i }))
      const others = people.map((one) => ({ ...one }))
      const result = run(source, {
        people,
        others,
        roll: Array.from({ length: 9000 }, (_, i) => i),
        long: 'x'.repeat(1000),
      })
      expect(result.ok).toBe(false)
    },
    1500,
  )
  it('patterns run in linear time', () => {
    expect(value('matches(a, "(a+)+$")', { a: `${'a'.repeat(50_000)}!` })).toBe(false)
    expect(run('matches(a, "(a+)+$")', { a: 'a'.repeat(500_000) }).ok).toBe(false)
  }, 5_000)
  it('a pattern that is not linear fails', () => {
    expect(run('matches("aa", "(a)\\\\1")').ok).toBe(false)
  })
  it('honest work of a village stays far below', () => {
    const people = Array.from({ length: 1_500 }, (_, i) => ({
      name: `n${i}`,
      present: i % 2 === 0,
      group: `g${i % 20}`,
    }))
    expect(value('count(people[present = true]) * 3 >= count(people) * 2', { people })).toBe(false)
    expect(value('count(distinct values(people.group))', { people })).toBe(20)
    expect(value('count(for p in people return if p.present then p.name + "!" else null)', { people })).toBe(1_500)
    expect(value('count(people[list contains(["g1", "g2"], group)])', { people })).toBe(150)
    expect(value('people = others', { people, others: people.map((one) => ({ ...one })) })).toBe(true)
    expect(value('count(union(people.group, ["x"]))', { people })).toBe(21)
    expect(value('distinct values([[1], [1], {a: 1}, {a: 1}, null, null, "1", 1])')).toEqual([
      [1],
      { a: 1 },
      null,
      '1',
      1,
    ])
  })
  it('the budget starts anew with each evaluation', () => {
    for (let i = 0; i < 50; i += 1) expect(value('count(for i in 1..5000 return i)')).toBe(5000)
  })
})

describe('results are rebuilt (I07)', () => {
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
    for (const source of ['[1..3]', '2 ** 5000', '[1, [2..3]]']) expect(run(source).ok).toBe(false)
  })
})

describe('unary tests (DMN 1.5 §10.3.1.2)', () => {
  it.each<[string, Json, boolean]>([
    ['< 3', 2, true],
    ['< 3', 3, false],
    ['< 3', null, false],
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
