import fc from 'fast-check'

/**
 * Texts made by the grammar of DMN 1.5 §10.3.1.2, with blanks where some may stand; without what the named differences
 * are about: comments, `in` beside `and` or `or` without brackets, types of ranges and contexts.
 */

type Texts = fc.Arbitrary<string>

const blank = fc.constantFrom(' ', ' ', ' ', '  ', '\t')
const maybe = fc.constantFrom('', '', ' ')
const name = fc.constantFrom('a', 'b', '审批', 'amount', '_x1', 'é', 'inner', 'orders', 'iffy', 'notes', 'date1')
const wordy = fc.constantFrom('a b', 'land area', "it's", 'x 1')
const fn = fc.constantFrom('f', 'count', 'list contains', 'string length', 'get or else', 'date', 'date and time')
const literal = fc.constantFrom('0', '1.5', '.5', '12e3', '"t"', '"\\"]"', 'true', 'false', 'null', '@"P1D"', '`a b`')

/** Parts joined by texts of `between`. */
const joined =
  (between: Texts) =>
  (...parts: readonly (Texts | string)[]): Texts =>
    fc
      .tuple(...parts.map((part) => fc.tuple(between, typeof part === 'string' ? fc.constant(part) : part)))
      .map((pairs) => pairs.map(([space, part], at) => (at === 0 ? part : space + part)).join(''))
const spaced = joined(blank)
const tight = joined(maybe)
const rows = (part: Texts, most = 3): Texts =>
  fc.array(part, { minLength: 1, maxLength: most }).map((parts) => parts.join(', '))

const type = fc.constantFrom('number', 'string', 'date and time', 'years and months duration')
/** Read by lezer-feel as comparisons where an operator follows. */
const generic = fc.constantFrom(
  'list<number>',
  'list<list<string>>',
  'function<> -> number',
  'function< > -> date and time',
  'function<number, date> -> string',
)
const operator = fc.constantFrom('+', '-', '*', '/', '**')
const compares = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const logic = fc.constantFrom('and', 'or')

/** How deep rules stand in each other. */
const NESTED = { maxDepth: 4, depthIdentifier: 'rules', withCrossShrink: true } as const

const grammar = fc.letrec<{ [rule in 'expression' | 'operand' | 'value' | 'test']: string }>((rule) => {
  const [expression, operand, value, test] = [rule('expression'), rule('operand'), rule('value'), rule('test')]
  const brackets = tight('(', expression, ')')
  const bound = fc.oneof(name, wordy)
  return {
    /** Values that take paths, filters and calls. */
    value: fc.oneof(
      NESTED,
      name,
      literal,
      brackets,
      tight('[', rows(expression), ']'),
      fc.constant('[]'),
      tight('{', rows(tight(fc.oneof(bound, fc.constant('"k"')), ':', expression)), '}'),
      tight(fn, '(', rows(expression), ')'),
      tight(fn, '(', rows(tight(bound, ':', expression), 2), ')'),
      fc.constantFrom(
        'f()',
        'f( )',
        '{a-b: 1, c.d: 2, e+f*g: a-b}',
        '{"g-h": {i: 1}, j: g-h.i}',
        '(function(a-b, c: date) a-b)',
      ),
      tight(value, '[', expression, ']'),
      tight(name, '.', name),
      tight(brackets, '(', expression, ')'),
    ),
    operand: fc.oneof(
      NESTED,
      value,
      value,
      spaced(operand, operator, operand),
      tight('-', operand),
      spaced(value, 'instance of', type),
      tight('(', spaced(value, 'instance of', generic), ')'),
    ),
    test: fc.oneof(
      operand,
      spaced(compares, operand),
      tight(fc.constantFrom('[', '(', ']'), operand, '..', operand, fc.constantFrom(']', ')')),
    ),
    expression: fc.oneof(
      NESTED,
      operand,
      spaced(operand, compares, operand),
      spaced(operand, 'between', operand, 'and', operand),
      spaced(operand, 'in', tight('(', rows(test), ')')).map((text) => `(${text})`),
      spaced(expression, logic, expression),
      spaced('if', expression, 'then', expression, 'else', expression),
      spaced('for', name, 'in', expression, 'return', expression),
      spaced(
        'for',
        name,
        'in',
        operand.map((low) => `${low}..3`),
        'return',
        expression,
      ),
      spaced(fc.constantFrom('some', 'every'), name, 'in', expression, 'satisfies', expression),
      spaced('function(a, b: number)', expression),
      spaced('function()', expression),
    ),
  }
})

/** Any expression. */
export const expressions: Texts = grammar.expression

/** What `not(…)` is held to: with more in it lezer-feel takes the word now for one of a cell, now for a function. */
const plain = fc.oneof(name, literal, spaced(compares, literal), tight('[', literal, '..', name, ')'))

/** Any cell of a decision table. */
export const tests: Texts = fc.oneof(
  { arbitrary: rows(grammar.test), weight: 4 },
  { arbitrary: tight('not', '(', rows(plain), ')'), weight: 1 },
  { arbitrary: fc.constant('-'), weight: 1 },
)
