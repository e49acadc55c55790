import { limits } from './budget.ts'
import { backtracks } from './pattern.ts'
import { computed, resultOf, SQUARE, TOTALS } from './result-bounds.ts'
import { childrenOf, type SyntaxNode } from './syntax.ts'
import {
  between,
  DATA,
  elementOf,
  grown,
  joined,
  listOf,
  NOTHING,
  numberOf,
  spanOf,
  type Value,
} from './value-bounds.ts'

/** Why an expression may not run where nothing stops it. */
export class CostFault extends Error {
  readonly fault: 'endless' | 'large' | 'pattern'
  constructor(fault: 'endless' | 'large' | 'pattern') {
    super(fault)
    this.fault = fault
  }
}

type Names = ReadonlyMap<string, Value>

/** Nodes that only name something. */
const WORDS = new Set(['Identifier', 'Name', 'PathName', 'ParameterName', 'Key', 'Type', 'LineComment', 'BlockComment'])
/** Loop steps up to which a value that may double at each is still small. */
const DOUBLINGS = 12

/** The nodes under a node that say something: neither signs nor comments. */
const partsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter((child) => /^[A-Z]/.test(child.name) && !child.name.endsWith('Comment'))

/** Walks an expression with the bounds of what each part can be. Times are those the part is evaluated. */
export class Estimate {
  work = 0
  #times = 1
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  visit(node: SyntaxNode, names: Names): Value {
    if (WORDS.has(node.name)) return NOTHING
    this.#spend(1)
    const children = partsOf(node)
    switch (node.name) {
      case 'NumericLiteral': {
        const value = Number(this.#text(node))
        return numberOf({ low: value, high: value, whole: Number.isInteger(value) })
      }
      case 'StringLiteral':
        return grown(NOTHING, 1 + ((node.to - node.from) >> 4))
      case 'VariableName':
        return names.get(this.#name(node)) ?? DATA
      case 'ForExpression':
      case 'QuantifiedExpression':
        return this.#loop(node, names)
      case 'FilterExpression':
        return this.#filter(node, names)
      case 'FunctionInvocation':
        return this.#call(node, children, names)
      case 'FunctionDefinition':
        // It could be given a name and call itself.
        throw new CostFault('endless')
      case 'Interval': {
        const [from, to] = children.map((child) => this.visit(child, names))
        return { ...NOTHING, span: spanOf(from?.number, to?.number, this.#isText(children)) }
      }
      case 'List':
        return this.#kept(listOf(children.map((child) => this.visit(child, names))))
      case 'Context':
        return this.#context(children, names)
      case 'PathExpression': {
        const [target] = children
        const value = target ? this.visit(target, names) : DATA
        return joined(value, elementOf(value))
      }
      case 'ArithmeticExpression':
        return this.#arithmetic(children, names)
      case 'Comparison': {
        const values = children.map((child) => this.visit(child, names))
        for (const value of values) if (!value.given) this.#spend(value.size)
        return NOTHING
      }
      case 'Conjunction':
      case 'Disjunction':
      case 'InstanceOfExpression':
        for (const child of children) this.visit(child, names)
        return NOTHING
      case 'IfExpression': {
        const [, yes = NOTHING, no = NOTHING] = children.map((child) => this.visit(child, names))
        return joined(yes, no)
      }
      default:
        return children.map((child) => this.visit(child, names)).reduce(joined, NOTHING)
    }
  }

  #spend(units: number): void {
    this.work += units * this.#times
    if (this.work > limits.work) throw new CostFault('large')
  }

  #kept(value: Value): Value {
    if (value.size > limits.weight) throw new CostFault('large')
    return value
  }

  #within<T>(times: number, visit: () => T): T {
    const before = this.#times
    this.#times *= Math.max(1, times)
    try {
      return visit()
    } finally {
      this.#times = before
    }
  }

  /** `for` and `some`, `every`: all combinations of what is looped over. */
  #loop(node: SyntaxNode, names: Names): Value {
    const parts = partsOf(node)
    const body = parts.at(-1)!
    const inside = new Map(names)
    let steps = 1
    for (const one of partsOf(parts[0]!)) {
      const [name, context] = partsOf(one)
      if (!name || !context) continue
      const { count, element } = this.#within(steps, () => this.#iterated(context, inside))
      steps *= count
      inside.set(this.#name(name), element)
    }
    inside.set('partial', { ...DATA, items: Math.max(1, steps) })
    if (steps > DOUBLINGS && this.#mayDouble(body)) throw new CostFault('large')
    const value = this.#within(steps, () => this.visit(body, inside))
    if (node.name === 'QuantifiedExpression') return NOTHING
    return this.#kept({ ...NOTHING, items: steps, size: steps * value.size, span: value.span, element: value })
  }

  #iterated(context: SyntaxNode, names: Names): { readonly count: number; readonly element: Value } {
    const all = childrenOf(context).filter((child) => !child.name.endsWith('Comment'))
    const parts = all.filter((child) => /^[A-Z]/.test(child.name))
    const values = parts.map((child) => this.visit(child, names))
    if (all.some((child) => child.name === '..')) {
      const [from, to] = values
      const count = spanOf(from?.number, to?.number, this.#isText(parts))
      if (!Number.isFinite(count)) throw new CostFault('endless')
      return { count, element: numberOf(between(from?.number, to?.number)) }
    }
    const value = values[0] ?? DATA
    const count = Math.max(value.items, value.span ?? 0)
    if (!Number.isFinite(count)) throw new CostFault('endless')
    return { count, element: elementOf(value) }
  }

  /** Whether each step of a loop may make something twice as large out of what the steps before made. */
  #mayDouble(body: SyntaxNode): boolean {
    let uses = 0
    let whole = false
    const walk = (node: SyntaxNode): void => {
      if (node.name === 'VariableName' && this.#name(node) === 'partial') {
        const { parent } = node
        const call = parent?.name === 'PositionalParameters' ? parent.parent?.firstChild : null
        if (call && TOTALS.has(this.#name(call))) return
        uses += 1
        const test = parent?.name === 'FilterExpression' ? childrenOf(parent)[2] : null
        whole ||= test?.name !== 'NumericLiteral'
      }
      for (const child of childrenOf(node)) walk(child)
    }
    walk(body)
    return whole || uses > 1
  }

  #filter(node: SyntaxNode, names: Names): Value {
    const [list, test] = childrenOf(node).filter(
      (child) => /^[A-Z]/.test(child.name) && !child.name.endsWith('Comment'),
    )
    const value = list ? this.visit(list, names) : DATA
    if (!test) return value
    if (test.name === 'NumericLiteral') return elementOf(value)
    // A name may also be an entry of the item.
    const inside = new Map([...names].map(([name, bound]) => [name, joined(bound, DATA)]))
    inside.set('item', elementOf(value))
    this.#within(value.items, () => this.visit(test, inside))
    return joined(value, elementOf(value))
  }

  #context(entries: readonly SyntaxNode[], names: Names): Value {
    const inside = new Map(names)
    const values = entries.map((entry) => {
      const [key, expression] = partsOf(entry)
      const value = expression ? this.visit(expression, inside) : NOTHING
      if (key) inside.set(this.#text(key).replaceAll(/["`]/g, ''), value)
      return value
    })
    const { element, size } = listOf(values)
    return this.#kept({ ...NOTHING, size, element, span: element?.span ?? null })
  }

  #arithmetic(children: readonly SyntaxNode[], names: Names): Value {
    const operator = children.find((child) => child.name === 'ArithOp')
    const values = children.filter((child) => child !== operator).map((child) => this.visit(child, names))
    const [a, b] = values
    const sign = operator ? this.#text(operator) : ''
    if (!a) return NOTHING
    if (!b) return numberOf({ low: -a.number.high, high: -a.number.low, whole: a.number.whole })
    const size = sign === '+' ? a.size + b.size : 1
    return this.#kept(grown(numberOf(computed(sign, a.number, b.number)), size))
  }

  #call(node: SyntaxNode, children: readonly SyntaxNode[], names: Names): Value {
    const name = children[0]?.name === 'VariableName' ? this.#name(children[0]) : ''
    if (name === '') this.visit(children[0]!, names)
    const written = childrenOf(node)
      .filter((child) => child.name.endsWith('Parameters'))
      .flatMap(partsOf)
    const given = written.map((child) => (child.name === 'NamedParameter' ? partsOf(child).at(-1)! : child))
    this.#refusePattern(name, written)
    const body = name === 'sort' ? given.find((child) => child.name === 'FunctionDefinition') : undefined
    const args = given.filter((child) => child !== body).map((child) => this.visit(child, names))
    const all = listOf(args)
    const items = args.reduce((sum, { items }) => sum + items, 0)
    this.#spend(SQUARE.has(name) ? items * items : items)
    if (body) this.#sortBy(body, items, all, names)
    return this.#kept(resultOf(name, args, items, all))
  }

  #sortBy(definition: SyntaxNode, items: number, list: Value, names: Names): void {
    const inside = new Map(names)
    const parameters = childrenOf(definition).find((child) => child.name === 'FormalParameters')
    for (const one of parameters ? childrenOf(parameters) : [])
      inside.set(this.#text(one).split(':')[0]!.trim(), joined(elementOf(elementOf(list)), DATA))
    const body = childrenOf(definition).find((child) => child.name === 'FunctionBody')
    if (!body) return
    const comparisons = items * Math.ceil(Math.log2(items + 2))
    this.#within(comparisons, () => {
      for (const child of partsOf(body)) this.visit(child, inside)
    })
  }

  /** Patterns run by the browser's own means, which go back and try again. */
  #refusePattern(name: string, given: readonly SyntaxNode[]): void {
    if (name !== 'matches' && name !== 'replace' && name !== 'split') return
    const named = given.filter((child) => child.name === 'NamedParameter').map(partsOf)
    const pattern =
      named.length === 0
        ? given[1]
        : named.find(([key]) => key && ['pattern', 'delimiter'].includes(this.#name(key)))?.at(-1)
    if (!pattern) return
    if (pattern.name !== 'StringLiteral') throw new CostFault('pattern')
    const text = this.#text(pattern)
    let written = text.slice(1, -1)
    try {
      written = JSON.parse(text) as string
    } catch {
      // Escapes that JSON does not know stand for themselves.
    }
    if (backtracks(written)) throw new CostFault('pattern')
  }

  #isText = (nodes: readonly SyntaxNode[]): boolean => nodes.some((node) => node.name === 'StringLiteral')

  #text(node: SyntaxNode): string {
    return this.#source.slice(node.from, node.to)
  }

  #name(node: SyntaxNode): string {
    return this.#text(node).replaceAll('`', '').trim().replace(/\s+/g, ' ')
  }
}
