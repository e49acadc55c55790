import { filter } from './filter.ts'
import { functionNamed, guards } from './library.ts'
import { childrenOf, FeelSyntaxError, type SyntaxNode } from './syntax.ts'

/** A name an expression reads, with the entries it takes of it: the path of `case.unit.level` is `['case', 'unit', 'level']`. */
export interface Read {
  readonly path: readonly string[]
  /** Read inside a filter, where it may be an entry of the item: reported only when the context has it. */
  readonly inFilter: boolean
}

export interface Rewritten {
  /** The expression with its loops, filters and built values led through the budget. */
  readonly source: string
  /** First names that may have to be looked up in the context. */
  readonly names: readonly string[]
  /** What is read of the context, for the "why". */
  readonly reads: readonly Read[]
  /** Functions it calls, the guards among them. */
  readonly functions: readonly string[]
}

/** Filters that can only be a position in the list, not a test of each item. */
const POSITIONS = new Set(['NumericLiteral'])
/** Operands of `+` that cannot make a text grow. */
const NUMERIC = new Set(['NumericLiteral', 'DateTimeLiteral'])

/** Values that compare at once with anything. */
const SMALL = new Set([...NUMERIC, 'StringLiteral', 'BooleanLiteral', 'null', 'SimplePositiveUnaryTest'])
const LOOPS = new Set(['ForExpression', 'QuantifiedExpression'])

const isFunctionName = (name: string): boolean => functionNamed(name) !== null

/**
 * Reads the names out of a parsed expression and writes it anew with the budget in it. Refuses what cannot be
 * bounded (functions that could call themselves) and what can only be a slip (unknown functions, names of two words).
 * `input` is the name that stands for `?`.
 */
export function rewrite(root: SyntaxNode, source: string, input: string | null): Rewritten {
  const names = new Set<string>()
  const reads = new Map<string, Read>()
  const functions = new Set<string>()
  const guard = (name: string, inner: string): string => {
    functions.add(name)
    return `${name}(${inner})`
  }

  const text = (node: SyntaxNode): string => source.slice(node.from, node.to)
  const nameOf = (node: SyntaxNode): string =>
    childrenOf(node)
      .filter((child) => !child.name.endsWith('Comment'))
      .map((child) => text(child).replaceAll('`', ''))
      .join(' ')

  /** Name that an entry of a context binds for the entries after it; its own value reads the name outside. */
  function entryName(entry: SyntaxNode): string | null {
    const key = entry.name === 'ContextEntry' ? entry.firstChild?.firstChild : null
    return key?.name === 'Name' ? nameOf(key) : null
  }

  /** Names bound inside the node itself: loop variables, parameters of a function. */
  function bindings(node: SyntaxNode): string[] {
    switch (node.name) {
      case 'ForExpression':
      case 'QuantifiedExpression':
        return [
          'partial',
          ...childrenOf(childrenOf(node)[1]!).flatMap((one) => (one.firstChild ? [nameOf(one.firstChild)] : [])),
        ]
      case 'FunctionDefinition':
        return childrenOf(node)
          .filter((child) => child.name === 'FormalParameters')
          .flatMap((parameters) => childrenOf(parameters).map((one) => nameOf(one.firstChild!.firstChild!)))
      case 'FilterExpression':
        return ['item']
      default:
        return []
    }
  }

  function readName(node: SyntaxNode, bound: ReadonlySet<string>): void {
    const name = nameOf(node)
    if (name.includes(' ')) {
      const quoted = node.firstChild?.name === 'BacktickIdentifier'
      throw new FeelSyntaxError(
        quoted
          ? `"${name}" has a space, which names cannot have`
          : `"${name}" is two names without an operator between them`,
        node.from,
      )
    }
    names.add(name)
    if (bound.has(name)) return
    const path = [name]
    for (let at = node; at.parent?.name === 'PathExpression' && at.parent.from === node.from; at = at.parent) {
      const last = childrenOf(at.parent).at(-1)!
      if (last.name !== 'PathName') break
      path.push(nameOf(last))
    }
    const key = path.join('.')
    const inFilter = bound.has('item')
    if (!inFilter || !reads.has(key)) reads.set(key, { path, inFilter })
  }

  function invoke(node: SyntaxNode, bound: ReadonlySet<string>): void {
    const target = node.firstChild!
    if (target.name !== 'VariableName') return
    const name = nameOf(target)
    if (isFunctionName(name)) {
      functions.add(name)
      return
    }
    if (bound.has(name)) return
    throw new FeelSyntaxError(`there is no function "${name}"`, node.from)
  }

  /** How much is done for one item: the body of the loop around, or the test of a filter, by its length. */
  function bodySize(node: SyntaxNode | null): number {
    let loop = node
    while (loop && !LOOPS.has(loop.name) && loop.name !== 'FilterExpression') loop = loop.parent
    const body = loop && childrenOf(loop).at(loop.name === 'FilterExpression' ? 2 : -1)
    return body ? 1 + ((body.to - body.from) >> 2) : 1
  }

  /** Whether an operand of a comparison may be large, and what it is compared with too. */
  function mayBeLong(comparison: readonly SyntaxNode[], operand: SyntaxNode, index: number): boolean {
    const [left, operator, right] = comparison
    if (!left || !operator || !right || index === 1 || SMALL.has(operand.name)) return false
    if (operator.name === 'in') return index === 0 && !SMALL.has(right.firstChild?.name ?? '')
    return index === 0 && ['=', '!='].includes(text(operator)) && !SMALL.has(right.name)
  }

  function refuseFreeFunction(node: SyntaxNode): void {
    const parameters = node.parent?.name === 'NamedParameter' ? node.parent.parent : node.parent
    const invocation = parameters?.parent
    const target = invocation?.name === 'FunctionInvocation' ? invocation.firstChild : null
    if (target?.name !== 'VariableName' || !isFunctionName(nameOf(target))) {
      throw new FeelSyntaxError('a function may only be handed to a built-in function such as sort', node.from)
    }
  }

  function render(node: SyntaxNode, outer: ReadonlySet<string>): string {
    const children = childrenOf(node)
    const own = bindings(node)
    const bound = own.length > 0 ? new Set([...outer, ...own]) : outer
    switch (node.name) {
      case 'LineComment':
      case 'BlockComment':
        return ' '
      case '?':
        return input ?? '?'
      case 'VariableName':
        if (node.parent?.name === 'QualifiedName') return text(node)
        if (
          !(
            node.parent?.name === 'FunctionInvocation' &&
            node.parent.from === node.from &&
            isFunctionName(nameOf(node))
          )
        )
          readName(node, bound)
        return text(node)
      case 'FunctionInvocation':
        invoke(node, bound)
        break
      case 'FunctionDefinition':
        refuseFreeFunction(node)
        break
      case 'ContextEntry':
        if (/__proto__/.test(text(node.firstChild!)))
          throw new FeelSyntaxError('an entry cannot be called "__proto__"', node.from)
        break
      case 'Comparison':
        if (children[1]?.name === 'CompareOp' && children[2]?.name === 'SimplePositiveUnaryTest') {
          throw new FeelSyntaxError(`"${text(children[2])}" cannot be read here`, children[2].from)
        }
        break
    }

    if (node.name === 'FilterExpression') {
      const [list, , test] = children
      const items = list ? render(list, bound) : ''
      const guarded = POSITIONS.has(test?.name ?? '') ? items : guard(guards.filter, `${items}, ${bodySize(node)}`)
      return filter(guarded, test ? render(test, bound) : '', test, nameOf)
    }
    let out = ''
    let at = node.from
    let inside = bound
    children.forEach((child, index) => {
      let part = render(child, inside)
      const entry = node.name === 'Context' ? entryName(child) : null
      if (entry !== null) inside = new Set([...inside, entry])
      if (node.name === 'Comparison' && mayBeLong(children, child, index)) part = guard(guards.compare, part)
      if (node.name === 'PositiveUnaryTest' && !SMALL.has(child.name)) part = guard(guards.compare, part)
      out += source.slice(at, child.from) + part
      at = child.to
    })
    out += source.slice(at, node.to)

    switch (node.name) {
      case 'IterationContext':
        return children.some((child) => child.name === '..')
          ? guard(guards.items, `[${out}], ${bodySize(node)}`)
          : guard(guards.items, `${out}, ${bodySize(node)}`)
      case 'List':
      case 'Context':
        return children.length > 2 ? guard(guards.value, out) : out
      case 'ForExpression':
        return guard(guards.value, out)
      case 'ArithmeticExpression':
        return children.length === 3 &&
          text(children[1]!) === '+' &&
          !NUMERIC.has(children[0]!.name) &&
          !NUMERIC.has(children[2]!.name)
          ? guard(guards.value, out)
          : out
      default:
        return out
    }
  }

  const rendered = render(root, new Set())
  return { source: rendered, names: [...names], reads: [...reads.values()], functions: [...functions] }
}
