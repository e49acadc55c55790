import { describe, expect, it } from 'vitest'
import { run, feelValue as value } from '../testing/feel.ts'
import { compileExpression, compileUnaryTests } from './index.ts'

describe('FE1 refused when compiled', () => {
  it.each([
    ['', 0],
    ['b +', 3],
    ['a = = 3', 4],
    ['a (', 3],
    ['tru e', 0],
    ['lenght(a)', 0],
    ['function(x) external {java: {}}', 12],
    ['1 instance of village', 14],
    ['a = < 3', 4],
    ['a.b c + != 3', 8],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, expect.any(Number)],
    [`"${'x'.repeat(12_000)}"`, 10_000],
  ])('%s', (source, at) => {
    expect(compileExpression(source)).toEqual({ error: expect.any(String), at })
  })
})

describe('FE1 what was compiled is kept for the next who asks', () => {
  it('unless it is too long to be one', () => {
    for (const [compile, length] of [
      [compileExpression, 10_001],
      [compileUnaryTests, 2_001],
    ] as const) {
      const source = 'x'.repeat(length)
      expect(compile(source)).toMatchObject({ at: length - 1 })
      expect(compile(source)).not.toBe(compile(source))
      expect(compile(source.slice(1))).toBe(compile(source.slice(1)))
    }
  })
  it('as far as a few million characters go', () => {
    const long = (n: number) => compileExpression(`"${n}${'x'.repeat(9_900)}"`)
    const first = long(0)
    for (let n = 0; n < 900; n += 1) long(n)
    expect(long(0)).not.toBe(first)
  })
})

describe('FE1 refused before the parser sees it', () => {
  it.each([
    Array.from({ length: 4_900 }, () => '1').join(','),
    Array.from({ length: 2_500 }, () => 'a').join('+'),
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
  it.each(['{a:', 'a[', '(', '[(', 'f({', '- ', 'if a then b else '])(
    '%s, 550 times',
    (part) => {
      expect(compileExpression(part.repeat(550))).toEqual({
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

describe('FE2 bounded', () => {
  it.each([
    'for i in 1..10000000 return i',
    'for i in [1..10000000] return i',
    'some i in 1..10000000 satisfies i < 0',
    'for i in 1..1000, j in 1..1000 return i',
    'for i in 1..1000 return for j in 1..1000 return j',
    'for i in 1..2.5 return i',
    '{f: function(x) f(x + 1), r: f(1)}',
    '(function(f) f(f))(function(f) f(f))',
    '{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(60)}',
    'for i in 1..60 return if i = 1 then "aa" else partial[-1] + partial[-1]',
    'for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])',
    'for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]',
    'flatten(for i in 1..200 return roll)',
    'for i in 1..200 return shelf',
    '[[shelf, shelf], [shelf, shelf]]',
    'for i in 1..100 return count(roll[item > i])',
    `{${Array.from({ length: 40 }, (_, i) => `a${i + 1}: ${i === 0 ? '"xx"' : `a${i} + a${i}`}`).join(', ')}}`,
    'string join(for i in 1..9000 return long, "")',
    'for i in 1..9000 return people = others',
    'for i in 1..9000 return people in [others, 1]',
    'for i in roll return i in (roll)',
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
        shelf: { ['x'.repeat(500_000)]: 1 },
      })
      expect(result.ok).toBe(false)
    },
    1500,
  )
  it.each([
    'for i in 1..9000 return text = other',
    'for i in 1..9000 return text < other',
    'for i in 1..9000 return text in [other..other]',
    'for i in 1..9000 return @"2026-01-01T00:00:00@Europe/Berlin" + @"P1M"',
    'for i in 1..9000 return @"P9999999999D" * 1.0000000001 / 3',
    'for i in 1..9000 return 1.0000000000000000001 ** 100000',
    'for i in 1..3000 return string(1.5e-390)',
    'for i in 1..9000 return uuid()',
    'for i in 1..9000 return count(distinct values([shelf]))',
    `for i in 1..99 return replace("aaaaaaaaaa", "(a)", "${'$1'.repeat(900)}")`,
  ])('%# what costs much, over and over', (source) => {
    const text = 'x'.repeat(900_000)
    const result = run(source, { text, other: `${text.slice(1)}y`, shelf: { [text]: 1 } })
    expect(result).toMatchObject({ ok: false, message: 'the expression computes too much' })
  })
  it('FE6 what is read is kept up to a size, long names as long texts', () => {
    const shelf = { ['x'.repeat(1_001)]: 1 }
    expect(run('shelf', { shelf })).toMatchObject({ ok: true, value: shelf, inputs: { shelf: { count: 1 } } })
  })
  it('patterns run in linear time', () => {
    expect(value('matches(a, "(a+)+$")', { a: `${'a'.repeat(50_000)}!` })).toBe(false)
    expect(run('matches(a, "(a+)+$")', { a: 'a'.repeat(500_000) }).ok).toBe(false)
  }, 5_000)
  it('a pattern that cannot be matched in linear time is none', () => {
    expect(value('matches("aa", "(a)\\\\1")')).toBeNull()
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
