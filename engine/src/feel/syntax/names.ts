import { PART } from './lexer.ts'
import { SyntaxNode } from './node.ts'
import { around, type Reader } from './reader.ts'

/** Signs that a name may have in it, and what each is called inside the part of the name that it is. */
const SIGNS = new Map([
  ['.', '.'],
  ["'", null],
  ...['+', '-', '*', '/', '**'].map((sign) => [sign, 'ArithOp'] as const),
])

/** A name that is looked up: one in backticks, the longest that is known, or all the words that follow each other. */
export function lookedUp(reader: Reader, kind: 'VariableName' | 'PathName'): SyntaxNode {
  const { token } = reader
  if (token.kind === 'quoted') return around(kind, [reader.take('BacktickIdentifier')])
  if (token.kind !== 'name') throw reader.fault()
  const end = reader.names.endAt(reader.source, token.from, token.text)
  if (end !== null) {
    reader.moveTo(end)
    return new SyntaxNode(kind, token.from, end, partsBetween(reader.source, token.from, end))
  }
  const parts: SyntaxNode[] = []
  while (reader.token.kind === 'name') parts.push(reader.take('Identifier'))
  return around(kind, parts)
}

function partsBetween(source: string, from: number, to: number): SyntaxNode[] {
  return [...source.slice(from, to).matchAll(new RegExp(`[${PART}]+|\\*\\*|[^\\s]`, 'gu'))].map(
    ({ 0: part, index }) => new SyntaxNode('Identifier', from + index, from + index + part.length),
  )
}

/**
 * A name that is bound (grammar rule 27): words and signs up to what ends it. `words` says whether words with a meaning
 * of their own may be in it, as in the key of an entry.
 */
export function bound(reader: Reader, words: boolean): SyntaxNode {
  if (reader.token.kind === 'quoted') return around('Name', [reader.take('BacktickIdentifier')])
  const parts: SyntaxNode[] = []
  for (;;) {
    const { kind, text } = reader.token
    const goesOn = parts.length > 0 && (kind === 'number' || (kind === 'sign' && SIGNS.has(text)))
    if (kind !== 'name' && !(words && kind === 'word') && !goesOn) break
    const part = reader.take('Identifier')
    const sign = kind === 'sign' && SIGNS.get(text)
    parts.push(sign ? around('Identifier', [new SyntaxNode(sign, part.from, part.to)]) : part)
  }
  if (parts.length === 0) throw reader.fault()
  return around('Name', parts)
}
