import { childrenOf, FeelSyntaxError, parse, type SyntaxNode } from './syntax.ts'

/** Name under which a cell of a decision table reads the value of its column. */
export const CELL_INPUT = 'cell_input_'

/**
 * Turns unary tests (DMN 1.5 §7.3.1 and §10.3.1.2, grammar rules 7 to 17) into one boolean expression over
 * `cell_input_`: `< 3, [5..7]` becomes `(cell_input_ in (< 3)) = true or …`. A test that is itself true or false
 * stands for itself; a list means any of its items. Throws `FeelSyntaxError`.
 */
export function unaryToExpression(source: string): string {
  const root = parse(source, 'tests')
  const text = (node: SyntaxNode): string => source.slice(node.from, node.to).replaceAll('?', CELL_INPUT)
  const children = childrenOf(root)
  if (children.some((child) => child.name === 'Wildcard')) return 'true'
  const group = children.find((child) => child.name === 'PositiveUnaryTests')
  if (!group) throw new FeelSyntaxError('there is no test in the cell', 0)
  const tests = childrenOf(group)
    .filter((child) => child.name === 'PositiveUnaryTest')
    .map((test) => `(${one(test.firstChild!, text)}) = true`)
  const any = tests.join(' or ')
  return children[0]?.name === 'not' ? `not((${any}) = true)` : any
}

const LITERALS = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'DateTimeLiteral'])

function one(node: SyntaxNode, text: (node: SyntaxNode) => string): string {
  const source = text(node)
  if (node.name === 'null') return `${CELL_INPUT} = null`
  if (node.name === 'SimplePositiveUnaryTest' || LITERALS.has(node.name)) return `${CELL_INPUT} in (${source})`
  if (node.name === 'List') return `list contains((${source}), ${CELL_INPUT})`
  if (node.name === 'Comparison' || node.name === 'Conjunction' || node.name === 'Disjunction') return source
  return `if (${source}) instance of boolean then (${source}) else if (${source}) instance of list<Any> then list contains((${source}), ${CELL_INPUT}) else ${CELL_INPUT} in ((${source}))`
}
