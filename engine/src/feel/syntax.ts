import { limits } from './budget.ts'
import { builtins } from './builtin/all.ts'
import { KnownNames, normalName } from './syntax/known-names.ts'
import { FeelSyntaxError, SyntaxNode } from './syntax/node.ts'
import { parseText, type Top } from './syntax/parse.ts'

export { normalName } from './syntax/known-names.ts'
export { FeelSyntaxError, SyntaxNode } from './syntax/node.ts'
export type { Top } from './syntax/parse.ts'

export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => node.children

const COMMENT = /^\/[*/]/
const TOKEN = /"(?:[^"\\]|\\.)*"?|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|[^\s]/gu
const NESTING = new Set(['if', 'for', 'some', 'every', 'function'])

/** Refuses long and deep expressions before the parser sees them. */
export function refuseHeavySource(source: string): void {
  let open = 0
  let tokens = 0
  let words = 0
  let signs = 0
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (COMMENT.test(token)) continue
    tokens += 1
    if (tokens > limits.tokens) throw new FeelSyntaxError(`the expression has more than ${limits.tokens} parts`, index)
    if ('([{'.includes(token)) open += 1
    else if (')]}'.includes(token)) open -= 1
    if (NESTING.has(token)) words += 1
    signs = token === '-' ? signs + 1 : 0
    if (open > limits.brackets || words > limits.nested || signs > limits.nested)
      throw new FeelSyntaxError('the expression is nested too deeply', index)
  }
}

let functions: KnownNames | null = null

/** Parses a text that uses the names given beside those of functions. Throws `FeelSyntaxError` at the first fault. */
export function parse(source: string, top: Top, names: readonly string[]): SyntaxNode {
  functions ??= new KnownNames([...builtins.keys()])
  return parseText(source, top, names.length === 0 ? functions : new KnownNames(names, functions))
}

/** The tree of a text for those who look for names in it; that of an empty one for what cannot be read. */
export function syntaxTree(source: string, top: Top): SyntaxNode {
  try {
    if (source.length <= limits.source) {
      refuseHeavySource(source)
      return parse(source, top, [])
    }
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
  }
  return new SyntaxNode(top, 0, 0)
}

/** A name as written in the tree, without backticks; blanks and comments between its parts are one space. */
export function keyIn(node: SyntaxNode, source: string): string {
  const parts = node.children
  const first = parts[0] ?? node
  let text = source.slice(first.from, first.to)
  if (text.startsWith('`')) return text.slice(1, -1)
  for (let index = 1; index < parts.length; index += 1) {
    const { from, to } = parts[index]!
    text += (from > parts[index - 1]!.to ? ' ' : '') + source.slice(from, to)
  }
  return text
}

/** The same in one spelling, by which names are matched: single spaces between words and signs. */
export const nameIn = (node: SyntaxNode, source: string): string => normalName(keyIn(node, source))
