import { bound } from './names.ts'
import { SyntaxNode } from './node.ts'
import { around, type Reader } from './reader.ts'

/** Types of several words. */
const SPECIAL = ['days and time duration', 'years and months duration', 'date and time']

/** A type (grammar rule 52): `number`, `list<number>`, `context<a: string>`, `function<number> -> string`, `range<date>`. */
export function readType(reader: Reader): SyntaxNode {
  return reader.within(() => around('Type', [readInner(reader)]))
}

/** Types that say of what they are made. */
const GENERIC = ['list', 'range', 'context', 'function']

function readInner(reader: Reader): SyntaxNode {
  const start = reader.token
  const name = around('QualifiedName', [readName(reader)])
  const word = new SyntaxNode(start.text, start.from, start.to)
  if (!reader.is('<') || name.to !== word.to || !GENERIC.includes(word.name)) return name
  const open = reader.take()
  if (word.name === 'function') return readFunctionType(reader, word, open)
  if (word.name !== 'context') return around('ListType', [word, open, readType(reader), reader.expect('>')])
  const entries = reader.list('>', () => {
    const key = bound(reader, true)
    reader.expect(':')
    return around('ContextEntryType', [key, readType(reader)])
  })
  return around('ContextType', [word, open, reader.group('ContextEntryTypes', entries, open), reader.expect('>')])
}

function readFunctionType(reader: Reader, word: SyntaxNode, open: SyntaxNode): SyntaxNode {
  const args = reader.list('>', () => around('ArgumentType', [readType(reader)]))
  const head = [word, open, reader.group('ArgumentTypes', args, open), reader.expect('>')]
  reader.expect('->')
  return around('FunctionType', [...head, readType(reader)])
}

function readName(reader: Reader): SyntaxNode {
  const { from } = reader.token
  const special = SPECIAL.find((name) =>
    new RegExp(`^${name.replaceAll(' ', '\\s+')}(?!\\w)`).test(reader.source.slice(from)),
  )
  const words = special ? special.split(' ').length : 1
  const parts: SyntaxNode[] = []
  while (parts.length < words) {
    const { kind } = reader.token
    if (kind !== 'name' && !(kind === 'word' && (special || reader.is('function')))) throw reader.fault()
    parts.push(reader.take('Identifier'))
  }
  while (!special && reader.token.kind === 'name') parts.push(reader.take('Identifier'))
  return around('VariableName', parts)
}
