import { textOfLiteral } from './node/literal.ts'
import { childrenOf, nameIn, type SyntaxNode, syntaxTree } from './syntax.ts'

/** Functions that take a pattern, and where it stands among their arguments. */
const TAKES_PATTERN = new Set(['matches', 'replace', 'split', 'extract'])

/**
 * The patterns written in an expression: second arguments, or arguments by their name, of `matches` and its kin. Those
 * that are computed are not seen.
 */
export function patternsIn(source: string): string[] {
  const found: string[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.name === 'FunctionInvocation') found.push(...patternsOf(node, source))
    for (const child of childrenOf(node)) visit(child)
  }
  visit(syntaxTree(source, 'Expression'))
  return found
}

function patternsOf(call: SyntaxNode, source: string): string[] {
  const [target, , given] = childrenOf(call)
  if (!target || !given || !TAKES_PATTERN.has(nameIn(target, source))) return []
  const args = childrenOf(given)
  const candidates = given.name === 'NamedParameters' ? args.map((arg) => childrenOf(arg).at(-1)) : [args[1]]
  return candidates
    .filter((node) => node?.name === 'StringLiteral')
    .map((node) => textOfLiteral(source.slice(node!.from, node!.to)))
}
