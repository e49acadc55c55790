import { closeBracket, readBoxed } from './boxed.ts'
import { KnownNames } from './known-names.ts'
import { bound, lookedUp } from './names.ts'
import { SyntaxNode } from './node.ts'
import { around, type Reader } from './reader.ts'
import { readType } from './type.ts'

const COMPARES = new Set(['=', '!=', '<', '<=', '>', '>='])

/** Operators from the loosest to the tightest, after `or`, `and` and comparisons (grammar rules 2 to 4). */
const ARITHMETIC: readonly ReadonlySet<string>[] = [new Set(['+', '-']), new Set(['*', '/']), new Set(['**'])]

/** An expression (grammar rule 1), or a test such as `> 5` where a value may stand (rule 7). */
export function readExpression(reader: Reader): SyntaxNode {
  return reader.within(() => {
    if (reader.token.kind === 'sign' && COMPARES.has(reader.token.text)) return readTest(reader)
    return readLogic(reader, 'Disjunction', 'or', () =>
      readLogic(reader, 'Conjunction', 'and', () => readComparison(reader)),
    )
  })
}

/** `> 5` */
function readTest(reader: Reader): SyntaxNode {
  return around('SimplePositiveUnaryTest', [reader.take('CompareOp'), readArithmetic(reader, 0)])
}

function readLogic(reader: Reader, name: string, word: string, operand: () => SyntaxNode): SyntaxNode {
  let left = operand()
  while (reader.is(word)) left = reader.within(() => around(name, [left, reader.take(), operand()]))
  return left
}

function readComparison(reader: Reader): SyntaxNode {
  let left = readArithmetic(reader, 0)
  for (;;) {
    if (reader.token.kind === 'sign' && COMPARES.has(reader.token.text))
      left = around('Comparison', [left, reader.take('CompareOp'), readArithmetic(reader, 0)])
    else if (reader.is('between'))
      left = around('Comparison', [
        left,
        reader.take(),
        readArithmetic(reader, 0),
        reader.expect('and'),
        readArithmetic(reader, 0),
      ])
    else if (reader.is('in')) left = around('Comparison', [left, reader.take(), ...readTests(reader)])
    else return left
  }
}

/** What stands behind `in`: several tests in brackets, or one. */
function readTests(reader: Reader): SyntaxNode[] {
  if (reader.token.kind === 'sign' && COMPARES.has(reader.token.text))
    return [around('PositiveUnaryTest', [readTest(reader)])]
  if (!reader.is('(')) return [around('PositiveUnaryTest', [readArithmetic(reader, 0)])]
  const [open, ...rest] = reader.within(() => reader.outsideInterval(() => readGroup(reader)))
  if (rest.length > 0) return [open!, ...rest]
  return [around('PositiveUnaryTest', [readArithmetic(reader, 0, afterValue(reader, open!))])]
}

/** `(a, b)` as its three parts, or `(a)` or `(a..b)` as one value. */
function readGroup(reader: Reader): SyntaxNode[] {
  const open = reader.take()
  const first = readExpression(reader)
  if (!reader.is(',')) return [closeBracket(reader, open, first)]
  const tests = [around('PositiveUnaryTest', [first])]
  while (reader.is(',')) {
    reader.take()
    tests.push(around('PositiveUnaryTest', [readExpression(reader)]))
  }
  return [open, around('PositiveUnaryTests', tests), reader.expect(')')]
}

/** `given` is the first operand, when it has been read. */
function readArithmetic(reader: Reader, level: number, given?: SyntaxNode): SyntaxNode {
  const operators = ARITHMETIC[level]
  if (!operators) return given ?? readSigned(reader)
  let left = readArithmetic(reader, level + 1, given)
  let count = 0
  while (reader.token.kind === 'sign' && operators.has(reader.token.text)) {
    count += 1
    left = around('ArithmeticExpression', [left, reader.take('ArithOp'), readArithmetic(reader, level + 1)])
    if (count > MOST_IN_A_ROW) throw reader.tooDeep()
  }
  return left
}

/** Operands in a row: each nests the tree by one. */
const MOST_IN_A_ROW = 200

/** `-a`: binds tighter than `**` (grammar rule 26). A minus before digits belongs to the number (rule 37). */
function readSigned(reader: Reader): SyntaxNode {
  if (!reader.is('-') && !reader.is('+')) return readPostfix(reader)
  return reader.within(() => {
    const isMinus = reader.is('-')
    const sign = reader.take('ArithOp')
    if (isMinus && reader.token.kind === 'number') {
      const { to } = reader.take()
      return afterValue(reader, new SyntaxNode('NumericLiteral', sign.from, to, [sign]))
    }
    return around('ArithmeticExpression', [sign, readSigned(reader)])
  })
}

const readPostfix = (reader: Reader): SyntaxNode => afterValue(reader, readPrimary(reader))

/** Paths, filters, calls and types behind a value (grammar rules 18, 38, 50 and 51). */
function afterValue(reader: Reader, value: SyntaxNode): SyntaxNode {
  let left = value
  for (let count = 0; ; count += 1) {
    if (count > MOST_IN_A_ROW) throw reader.tooDeep()
    if (reader.is('.')) left = around('PathExpression', [left, reader.take(), lookedUp(reader, 'PathName')])
    else if (reader.is('[')) {
      const filter = readFilter(reader, left)
      if (!filter) return left
      left = filter
    } else if (reader.is('(') && left.name !== 'NumericLiteral' && left.name !== 'StringLiteral')
      left = readCall(reader, left)
    else if (reader.is('instance')) {
      const instance = reader.take()
      if (!reader.is('of')) throw reader.fault()
      left = around('InstanceOfExpression', [left, instance, reader.take(), readType(reader)])
    } else return left
  }
}

/** `[…]` behind a value; null where it closes an interval instead: `]1..2[`. */
function readFilter(reader: Reader, list: SyntaxNode): SyntaxNode | null {
  const read = () => {
    const open = reader.take()
    const test = readExpression(reader)
    return around('FilterExpression', [list, open, test, reader.expect(']')])
  }
  return reader.inInterval ? reader.attempt(read) : read()
}

function readCall(reader: Reader, target: SyntaxNode): SyntaxNode {
  return reader.within(() => {
    const open = reader.take()
    if (isNamed(reader)) {
      const parameters = reader.list(')', () => readParameter(reader))
      return around('FunctionInvocation', [target, open, around('NamedParameters', parameters), reader.expect(')')])
    }
    const args = reader.outsideInterval(() => reader.list(')', () => readExpression(reader)))
    return around('FunctionInvocation', [
      target,
      open,
      reader.group('PositionalParameters', args, open),
      reader.expect(')'),
    ])
  })
}

/** Whether a name and a colon come next. */
function isNamed(reader: Reader): boolean {
  const { token } = reader
  const found = reader.attempt(() => {
    bound(reader, true)
    return reader.expect(':')
  })
  reader.moveTo(token.from)
  return found !== null
}

function readParameter(reader: Reader): SyntaxNode {
  const name = around('ParameterName', [bound(reader, true)])
  reader.expect(':')
  return around('NamedParameter', [name, reader.outsideInterval(() => readExpression(reader))])
}

const LITERALS: { readonly [word: string]: string } = { null: 'null', true: 'BooleanLiteral', false: 'BooleanLiteral' }

function readPrimary(reader: Reader): SyntaxNode {
  const { kind, text } = reader.token
  if (kind === 'number') return reader.take('NumericLiteral')
  if (kind === 'string') return reader.take('StringLiteral')
  if (kind === 'name' || kind === 'quoted') return lookedUp(reader, 'VariableName')
  if (kind === 'word' && Object.hasOwn(LITERALS, text)) return reader.take(LITERALS[text])
  if (kind === 'sign' && text === '?') return reader.take()
  if (kind === 'sign' && text === '@') {
    const sign = reader.take()
    if (reader.token.kind !== 'string' || reader.token.from !== sign.to) throw reader.fault()
    const text = reader.take('StringLiteral')
    return around('DateTimeLiteral', [new SyntaxNode('AtLiteral', sign.from, text.to, [text])])
  }
  return reader.within(() => {
    switch (text) {
      case 'if':
        return readIf(reader)
      case 'for':
      case 'some':
      case 'every':
        return readLoop(reader)
      default:
        return reader.outsideInterval(() => readBoxed(reader))
    }
  })
}

function readIf(reader: Reader): SyntaxNode {
  const parts = [reader.expect('if'), readExpression(reader), reader.expect('then'), readExpression(reader)]
  return around('IfExpression', [...parts, reader.expect('else'), readExpression(reader)])
}

/** `for … return …`, `some … satisfies …` (grammar rules 46 and 47). */
function readLoop(reader: Reader): SyntaxNode {
  const word = reader.take()
  const isFor = word.name === 'for'
  return reader.knowing(new KnownNames([], reader.names), () => {
    const iterators = [readIterator(reader)]
    while (reader.is(',')) {
      reader.take()
      iterators.push(readIterator(reader))
    }
    const middle = reader.expect(isFor ? 'return' : 'satisfies')
    const children = [word, around('InExpressions', iterators), middle, readExpression(reader)]
    return around(isFor ? 'ForExpression' : 'QuantifiedExpression', children)
  })
}

function readIterator(reader: Reader): SyntaxNode {
  const name = bound(reader, false)
  const word = reader.expect('in')
  const domain = [readExpression(reader)]
  if (reader.is('..')) domain.push(reader.take(), readExpression(reader))
  reader.names.add(reader.source.slice(name.from, name.to))
  return around('InExpression', [name, word, around('IterationContext', domain)])
}
