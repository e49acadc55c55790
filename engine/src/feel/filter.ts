import { childrenOf, type SyntaxNode } from './syntax.ts'

/** Functions whose result is true, false or null: as a filter they test each item. */
const TESTS = new Set([
  'not',
  'is defined',
  'contains',
  'starts with',
  'ends with',
  'matches',
  'list contains',
  'is blank',
  'is empty',
  'is',
  'all',
  'any',
  'before',
  'after',
  'meets',
  'met by',
  'overlaps',
  'overlaps before',
  'overlaps after',
  'finishes',
  'finished by',
  'includes',
  'during',
  'starts',
  'started by',
  'coincides',
])

/** What the interpreter itself takes as a test of each item. */
const TESTED = new Set(['Comparison', 'Conjunction', 'Disjunction', 'QuantifiedExpression', 'InstanceOfExpression'])

/** The name a list has while it is not yet known whether it is filtered or looked into. */
const LIST = 'filtered_list_'

type Kind = 'test' | 'position' | 'either'

function kindOf(node: SyntaxNode, nameOf: (node: SyntaxNode) => string): Kind {
  if (TESTED.has(node.name) || node.name === 'BooleanLiteral') return 'test'
  const children = childrenOf(node)
  switch (node.name) {
    case 'VariableName':
    case 'PathExpression':
    case 'FilterExpression':
      return 'either'
    case 'ParenthesizedExpression':
      return children[1] ? kindOf(children[1], nameOf) : 'position'
    case 'IfExpression': {
      const kinds = [children[3], children[5]].map((branch) => (branch ? kindOf(branch, nameOf) : 'position'))
      return kinds[0] === kinds[1] && kinds[0] ? kinds[0] : 'either'
    }
    case 'FunctionInvocation': {
      const name = children[0] ? nameOf(children[0]) : ''
      return TESTS.has(name) ? 'test' : name === 'get value' || name === 'get or else' ? 'either' : 'position'
    }
    default:
      return 'position'
  }
}

/**
 * A filter written so that the interpreter sees what it is (DMN 1.5 §10.3.2.5): a test of each item, or a position in
 * the list. Left alone it takes only comparisons as tests, and gives nothing for `people[present]` or `people[not(x)]`.
 */
export function filter(
  list: string,
  test: string,
  node: SyntaxNode | undefined,
  nameOf: (node: SyntaxNode) => string,
): string {
  if (!node || TESTED.has(node.name)) return `${list}[${test}]`
  switch (kindOf(node, nameOf)) {
    case 'test':
      return `${list}[(${test}) = true]`
    case 'position':
      return `${list}[${test}]`
    case 'either':
      return `(for ${LIST} in [${list}] return if (${test}) instance of number then ${LIST}[${test}] else ${LIST}[(${test}) = true])[1]`
  }
}
