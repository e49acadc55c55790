/**
 * Templates of form-js (`{{name}}`, `{{#if a}}…{{/if}}`, `{{#loop rows}}…{{/loop}}`, or all of it FEEL after `=`), read
 * without the parser generator that its library brings. Has what `feelers` imports of `@bpmn-io/lezer-feelers`.
 */

/** A node as the interpreter of templates expects it. */
export interface SimpleNode {
  readonly name: string
  readonly children: SimpleNode[]
  readonly content?: string
  parent?: SimpleNode
}

/** What opens: `{{#if `, `{{#loop `, `{{`; what closes; else text up to the next of them. */
const OPEN = /\{\{(?:#(if|loop) |\/(if|loop)\}\}(\n?)|=?(\}\})?)/g
const NAMES = { if: 'ConditionalSpanner', loop: 'LoopSpanner' } as const

interface Open {
  readonly node: SimpleNode
  readonly word: 'if' | 'loop' | null
}

/** The tree is made by `buildSimpleTree` alone. */
export const parser = { parse: (text: string): string => text }

/** The tree of a template. What is never closed, or closes nothing, is a node that the interpreter shows nothing for. */
export function buildSimpleTree(_tree: unknown, text: string): SimpleNode {
  const root: SimpleNode = { name: 'Feelers', children: [] }
  if (text.startsWith('=')) {
    add(root, 'Feel', text.slice(1))
    return root
  }
  const stack: Open[] = [{ node: root, word: null }]
  for (let at = 0; at < text.length; ) {
    OPEN.lastIndex = at
    const found = OPEN.exec(text)
    const inside = stack.at(-1)!
    const upTo = found?.index ?? text.length
    if (upTo > at) add(inside.node, 'SimpleTextBlock', text.slice(at, upTo))
    if (!found) break
    at = upTo + found[0].length
    const [, opens, closes, line, empty] = found
    if (closes) {
      if (inside.word === closes) {
        add(inside.node, `${NAMES[inside.word]}Close${line ? 'Nl' : ''}`)
        stack.pop()
      } else add(inside.node, FAULT)
    } else if (empty) add(inside.node, 'EmptyInsert')
    else at = readFeel(text, at, opens as Open['word'], stack)
  }
  for (const { node, word } of stack) if (word) add(node, FAULT)
  return root
}

/** The name of what cannot be read. */
const FAULT = '⚠'

function readFeel(text: string, from: number, word: Open['word'], stack: Open[]): number {
  const end = text.indexOf('}}', from)
  const upTo = end < 0 ? text.length : end
  const node = add(stack.at(-1)!.node, word ? NAMES[word] : 'Insert')
  add(node, 'FeelBlock', text.slice(from, upTo))
  if (end < 0) add(node, FAULT)
  if (!word) return upTo + 2
  stack.push({ node, word })
  return upTo + (text.startsWith('}}\n', upTo) ? 3 : 2)
}

function add(parent: SimpleNode, name: string, content?: string): SimpleNode {
  const node: SimpleNode = { name, children: [], parent, ...(content !== undefined && { content }) }
  parent.children.push(node)
  return node
}
