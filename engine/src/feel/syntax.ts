import { parseExpression, parseUnaryTests } from 'feelin'
import { limits } from './budget.ts'
import { library } from './library.ts'

/** The part of a syntax tree node this folder reads. */
export interface SyntaxNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly type: { readonly isError: boolean }
  readonly firstChild: SyntaxNode | null
  readonly nextSibling: SyntaxNode | null
  readonly parent: SyntaxNode | null
}

/** Backtick names as in Camunda's FEEL. */
export const DIALECT = 'camunda'

export class FeelSyntaxError extends Error {
  /** Offset of the first character that cannot be read. */
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

const COMMENT = /^\/[*/]/
const TOKEN = /"(?:[^"\\]|\\.)*"?|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|[^\s]/gu

/** Refuses long and deep expressions before the parser sees them: its time grows with the square of both. */
export function refuseHeavySource(source: string): void {
  let open = 0
  let tokens = 0
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (COMMENT.test(token)) continue
    tokens += 1
    if (tokens > limits.tokens) throw new FeelSyntaxError(`the expression has more than ${limits.tokens} parts`, index)
    if ('([{'.includes(token)) open += 1
    else if (')]}'.includes(token)) open -= 1
    if (open > limits.brackets) throw new FeelSyntaxError('the expression is nested too deeply', index)
  }
}

/** Parses and refuses at the first error of syntax. Throws `FeelSyntaxError`. */
export function parse(source: string, top: 'expression' | 'tests'): SyntaxNode {
  const tree = (top === 'expression' ? parseExpression : parseUnaryTests)(source, library, DIALECT)
  const root: SyntaxNode = tree.topNode
  refuseErrors(root, source, 0)
  return root
}

/** Nesting that the recursive walks of this folder accept. */
const MAX_DEPTH = 200

function refuseErrors(node: SyntaxNode, source: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new FeelSyntaxError('the expression is nested too deeply', node.from)
  if (node.type.isError) {
    const rest = source.slice(node.from).trim()
    throw new FeelSyntaxError(
      rest === '' ? 'the expression ends too early' : `"${rest.slice(0, 20)}" cannot be read here`,
      node.from,
    )
  }
  for (const child of childrenOf(node)) refuseErrors(child, source, depth + 1)
}
