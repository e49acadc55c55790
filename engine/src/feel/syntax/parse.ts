import { readExpression } from './expression.ts'
import { KnownNames } from './known-names.ts'
import { SyntaxNode } from './node.ts'
import { around, Reader } from './reader.ts'

export type Top = 'Expression' | 'UnaryTests'

/** Parses a whole text; `names` are those of `KnownNames`. Throws `FeelSyntaxError` at the first fault. */
export function parseText(source: string, top: Top, names: KnownNames): SyntaxNode {
  const reader = new Reader(source, new KnownNames([], names), readExpression)
  const children = top === 'Expression' ? [readExpression(reader)] : readTests(reader)
  if (reader.token.kind !== 'end') throw reader.fault()
  return new SyntaxNode(top, 0, source.length, children)
}

/** A cell of a decision table (grammar rules 12 to 17): `-`, tests, or `not(tests)`. */
function readTests(reader: Reader): SyntaxNode[] {
  const wildcard = reader.attempt(() => {
    if (!reader.is('-')) throw reader.fault()
    const sign = reader.take('ArithOp')
    if (reader.token.kind !== 'end') throw reader.fault()
    return [around('Wildcard', [sign])]
  })
  if (wildcard) return wildcard
  const negated = reader.is('not')
    ? reader.attempt(() => {
        const head = [reader.take(), reader.expect('(')]
        const tests = readGroup(reader)
        const all = [...head, tests, reader.expect(')')]
        if (reader.token.kind !== 'end') throw reader.fault()
        return all
      })
    : null
  return negated ?? [readGroup(reader)]
}

function readGroup(reader: Reader): SyntaxNode {
  const tests = [around('PositiveUnaryTest', [readExpression(reader)])]
  while (reader.is(',')) {
    reader.take()
    tests.push(around('PositiveUnaryTest', [readExpression(reader)]))
  }
  return around('PositiveUnaryTests', tests)
}
