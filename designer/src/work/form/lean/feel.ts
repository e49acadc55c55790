import { Budget, compileExpression, compileUnaryTests, contextOf, evaluate as run, syntaxTree } from '@bihuan/engine'

/**
 * The FEEL of the engine, for form-js in place of its own: a form and the server must not answer differently, and no
 * form can hold up a page. Exports what form-js and its templates import, under their names.
 */

type Compiled = ReturnType<typeof compileExpression>
type Data = Parameters<typeof contextOf>[0]

/** What form-js makes of an evaluation; warnings it does not look at. */
export interface Result {
  readonly value: unknown
  readonly warnings: readonly never[]
}

/**
 * Units of work that all expressions of a page may take before it answers to people again, 0.3 s on a slow phone. One
 * expression stops by its own budget; a template can evaluate it for each item of lists within lists.
 */
const MOST = 3_000_000
/** Units that an evaluation takes whatever it computes. */
const EACH = 100

let used = 0
let waits = false
const known = new WeakSet<Compiled>()

function take(units: number): void {
  if (!waits) {
    waits = true
    setTimeout(() => {
      used = 0
      waits = false
    })
  }
  used += units
  if (used > MOST) throw new Error('the form computes too much')
}

function resultOf(compiled: Compiled, source: string, data: Data): Result {
  take(EACH)
  if (!known.has(compiled)) {
    known.add(compiled)
    // The time of the parser grows with the square of the text.
    take((source.length ** 2) >> 4)
  }
  if ('error' in compiled) throw new Error(compiled.error)
  const budget = new Budget()
  const result = run(compiled.expression, contextOf(data), { at: Date.now(), random: Math.random, budget })
  take(budget.used)
  if (!result.ok) throw new Error(result.message)
  return { value: result.value, warnings: [] }
}

/** The value of an expression. Throws where the server would have an incident. */
export function evaluate(source: string, data: Data = {}): Result {
  take(0)
  return resultOf(compileExpression(source), source, data)
}

/** Whether `data['?']` passes the tests. Throws where the server would have an incident. */
export function unaryTest(source: string, data: Data = {}): Result {
  take(0)
  return resultOf(compileUnaryTests(source), source, data)
}

/** A tree as form-js goes through it. */
interface Tree {
  iterate(visitor: { enter(node: TreeNode): void; leave?(node: TreeNode): void }): void
}

interface TreeNode {
  readonly type: { readonly name: string }
  readonly from: number
  readonly to: number
}

type Node = ReturnType<typeof syntaxTree>

function treeOf(root: Node): Tree {
  return {
    iterate(visitor) {
      const visit = (node: Node): void => {
        const seen = { type: { name: node.name }, from: node.from, to: node.to }
        visitor.enter(seen)
        for (const child of node.children) visit(child)
        visitor.leave?.(seen)
      }
      visit(root)
    },
  }
}

/** The tree of an expression: form-js looks for the names of fields in it. */
export const parseExpression = (source: string): Tree => treeOf(syntaxTree(source, 'Expression'))

/** The tree of unary tests. */
export const parseUnaryTests = (source: string): Tree => treeOf(syntaxTree(source, 'UnaryTests'))
