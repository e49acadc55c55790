import { isName, KnownNames } from './known-names.ts'
import { bound } from './names.ts'
import type { SyntaxNode } from './node.ts'
import { around, type Reader } from './reader.ts'
import { readType } from './type.ts'

/** What begins with a bracket, and functions: lists, intervals, contexts, definitions (grammar rules 8, 53 to 58). */
export function readBoxed(reader: Reader): SyntaxNode {
  switch (reader.token.text) {
    case '(': {
      const open = reader.take()
      return closeBracket(reader, open, reader.expression())
    }
    case '[':
      return readList(reader)
    case ']':
      return readInterval(reader, reader.take(), reader.expression())
    case '{':
      return readContext(reader)
    case 'function':
      return readFunction(reader)
    default:
      throw reader.fault()
  }
}

/** The rest of `(inner)` or `(inner..high)`. */
export function closeBracket(reader: Reader, open: SyntaxNode, inner: SyntaxNode): SyntaxNode {
  if (reader.is('..')) return readInterval(reader, open, inner)
  return around('ParenthesizedExpression', [open, inner, reader.expect(')')])
}

function readList(reader: Reader): SyntaxNode {
  const open = reader.take()
  if (reader.is(']')) return around('List', [open, reader.take()])
  const first = reader.expression()
  if (reader.is('..')) return readInterval(reader, open, first)
  const items = [first]
  while (reader.is(',')) {
    reader.take()
    items.push(reader.expression())
  }
  return around('List', [open, ...items, reader.expect(']')])
}

const CLOSES = [')', ']', '[']

function readInterval(reader: Reader, open: SyntaxNode, low: SyntaxNode): SyntaxNode {
  const dots = reader.expect('..')
  const high = reader.insideInterval(() => reader.expression())
  if (!CLOSES.some((sign) => reader.is(sign))) throw reader.fault()
  return around('SimplePositiveUnaryTest', [around('Interval', [open, low, dots, high, reader.take()])])
}

function readContext(reader: Reader): SyntaxNode {
  return reader.knowing(new KnownNames([], reader.names), () => {
    const open = reader.take()
    const entries = reader.list('}', () => {
      const key = reader.token.kind === 'string' ? reader.take('StringLiteral') : bound(reader, true)
      reader.expect(':')
      const value = reader.expression()
      const text = reader.source.slice(key.from, key.to)
      if (key.name === 'Name') reader.names.add(text)
      else if (isName(text.slice(1, -1))) reader.names.add(text.slice(1, -1))
      return around('ContextEntry', [around('Key', [key]), value])
    })
    return around('Context', [open, ...entries, reader.expect('}')])
  })
}

function readFunction(reader: Reader): SyntaxNode {
  return reader.knowing(new KnownNames([], reader.names), () => {
    const word = reader.take()
    const open = reader.expect('(')
    const parameters = reader.list(')', () => {
      const name = bound(reader, true)
      reader.names.add(reader.source.slice(name.from, name.to))
      const parts = [around('ParameterName', [name])]
      if (!reader.is(':')) return around('FormalParameter', parts)
      reader.take()
      return around('FormalParameter', [...parts, readType(reader)])
    })
    const head = [word, open, reader.group('FormalParameters', parameters, open), reader.expect(')')]
    if (reader.is('external')) head.push(reader.take())
    return around('FunctionDefinition', [...head, around('FunctionBody', [reader.expression()])])
  })
}
