import { describe, expect, it } from 'vitest'
import { KnownNames } from './known-names.ts'
import { FeelSyntaxError, type SyntaxNode } from './node.ts'
import { parseText, type Top } from './parse.ts'

const NAMES = new KnownNames(['get or else', 'list contains', 'Land area - net', 'Land area'])

/** The tree with its words and signs left out: `Comparison(a 1)`. */
function outline(source: string, top: Top = 'Expression'): string {
  const written = (node: SyntaxNode): string => {
    const inner = node.children.filter(({ name }) => /^[A-Z?n]/.test(name) && !/Op$|^Identifier$/.test(name))
    const leaf = inner.length === 0 || /Name$/.test(node.name)
    return leaf ? source.slice(node.from, node.to) : `${node.name}(${inner.map(written).join(' ')})`
  }
  return parseText(source, top, NAMES).children.map(written).join(' ')
}

describe('FE5 the grammar of FEEL (DMN 1.5 §10.3.1.2)', () => {
  it.each([
    ['x in y and z', 'Conjunction(Comparison(x PositiveUnaryTest(y)) z)'],
    ['a or b and c', 'Disjunction(a Conjunction(b c))'],
    ['1 - 2 - 3 * 4', 'ArithmeticExpression(ArithmeticExpression(1 2) ArithmeticExpression(3 4))'],
    ['-a ** 2', 'ArithmeticExpression(ArithmeticExpression(a) 2)'],
    ['get or else(a, 1)', 'FunctionInvocation(get or else PositionalParameters(a 1))'],
    ['Land area  -  net + Land area', 'ArithmeticExpression(Land area  -  net Land area)'],
    ['{a-b: 1, c: a-b}', 'Context(ContextEntry(Key(a-b) 1) ContextEntry(Key(c) a-b))'],
    [']1..a[1][', 'SimplePositiveUnaryTest(Interval(1 FilterExpression(a 1)))'],
    [']1..a[', 'SimplePositiveUnaryTest(Interval(1 a))'],
    [
      'x in (1, > 2)',
      'Comparison(x PositiveUnaryTests(PositiveUnaryTest(1) PositiveUnaryTest(SimplePositiveUnaryTest(2))))',
    ],
    ['x in (1)', 'Comparison(x PositiveUnaryTest(ParenthesizedExpression(1)))'],
    ['f(a b: 1)', 'FunctionInvocation(f NamedParameters(NamedParameter(a b 1)))'],
    ['a /* b */ + // c\n d', 'ArithmeticExpression(a d)'],
  ])('%s', (source, expected) => {
    expect(outline(source)).toBe(expected)
  })
  it('cells of decision tables', () => {
    expect(outline('-', 'UnaryTests')).toBe('-')
    expect(outline('-1', 'UnaryTests')).toBe('PositiveUnaryTests(PositiveUnaryTest(-1))')
    expect(outline('not(1, 2)', 'UnaryTests')).toContain(
      'PositiveUnaryTests(PositiveUnaryTest(1) PositiveUnaryTest(2))',
    )
    expect(outline('not(a) and b', 'UnaryTests')).toContain('Conjunction(FunctionInvocation')
  })
})

it.each([
  ['x in (', ')', 45],
  ['f(a: ', ', b)', 45],
  ['f(a, ', ')', 45],
  [']1..a[', '', 150],
  ['x in ](1..', '[1])[', 40],
])(
  'FE1 %s…%s within itself is read, or refused, in a moment',
  (open, close, times) => {
    try {
      parseText(`${open.repeat(times)}1${close.repeat(times)}`, 'Expression', NAMES)
    } catch (error) {
      expect(error).toBeInstanceOf(FeelSyntaxError)
    }
  },
  500,
)

describe('FE1 what cannot be read is told by its place', () => {
  it.each([
    ['a = = 3', 4],
    ['a (', 3],
    ['1 2', 2],
    ['[1, 2', 5],
    ['{a 1}', 4],
    ['"open', 0],
    ['a /* open', 3],
    ['if a then b', 11],
    ['a.1', 1],
    ['1..', 1],
    [`${'a.'.repeat(300)}a`, expect.any(Number)],
    [`1${' + 1'.repeat(300)}`, expect.any(Number)],
    [`a${'[1]'.repeat(300)}`, expect.any(Number)],
  ])('%s', (source, at) => {
    expect(() => parseText(source, 'Expression', NAMES)).toThrow(expect.objectContaining({ at }))
  })
})
