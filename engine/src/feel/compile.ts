import type { Code, Compiler, Family } from './code.ts'
import { arithmeticExpression } from './node/arithmetic.ts'
import { comparison, rangeLiteral } from './node/comparison.ts'
import { context } from './node/context.ts'
import { functionDefinition } from './node/function.ts'
import { functionInvocation } from './node/invocation.ts'
import { filterExpression, list } from './node/list.ts'
import { atLiteral, booleanLiteral, constant, nullLiteral, numericLiteral, stringLiteral } from './node/literal.ts'
import { ifExpression, logic } from './node/logic.ts'
import { forExpression, quantifiedExpression } from './node/loop.ts'
import { inputName, pathExpression, variableName } from './node/name.ts'
import { anyOf, testOf } from './node/test.ts'
import { instanceOfExpression } from './node/type.ts'
import { Scope } from './scope.ts'
import { childrenOf, FeelSyntaxError, keyIn, nameIn, normalName, parse, type SyntaxNode } from './syntax.ts'

/** A name an expression reads, with the entries it takes of it: the path of `case.unit.level` is `['case', 'unit', 'level']`. */
export interface Read {
  readonly path: readonly string[]
  /** The first name, by its number. */
  readonly global: number
  /** Read inside a filter, where it may be an entry of the item: reported only when the context has it. */
  readonly inFilter: boolean
}

/** An expression made into code. */
export interface Program {
  readonly code: Code
  /** First names looked up in the context, in the order of `env.globals`. */
  readonly names: readonly string[]
  /** What is read of the context, for the "why". */
  readonly reads: readonly Read[]
}

const FAMILIES: { readonly [node: string]: Family } = {
  null: nullLiteral,
  NumericLiteral: numericLiteral,
  StringLiteral: stringLiteral,
  BooleanLiteral: booleanLiteral,
  DateTimeLiteral: (node, scope, compiler) => atLiteral(childrenOf(node)[0]!, scope, compiler),
  VariableName: variableName,
  '?': inputName,
  PathExpression: pathExpression,
  ArithmeticExpression: arithmeticExpression,
  Comparison: comparison,
  SimplePositiveUnaryTest: rangeLiteral,
  Conjunction: logic,
  Disjunction: logic,
  IfExpression: ifExpression,
  ForExpression: forExpression,
  QuantifiedExpression: quantifiedExpression,
  List: list,
  FilterExpression: filterExpression,
  Context: context,
  FunctionDefinition: functionDefinition,
  FunctionInvocation: functionInvocation,
  InstanceOfExpression: instanceOfExpression,
  ParenthesizedExpression: (node, scope, compiler) => compiler.code(childrenOf(node)[1]!, scope),
}

class Compilation implements Compiler {
  readonly #source: string
  readonly #given: ReadonlyMap<string, string>
  readonly #globals = new Map<string, number>()
  readonly #reads = new Map<string, Read>()

  /** @param given names with signs or spaces that the context has, as the model writes them */
  constructor(source: string, given: readonly string[]) {
    this.#source = source
    this.#given = new Map(given.map((name) => [normalName(name), name]))
  }

  code(node: SyntaxNode, scope: Scope): Code {
    const family = FAMILIES[node.name]
    if (!family) throw new FeelSyntaxError(`"${this.text(node).slice(0, 20)}" cannot be read here`, node.from)
    return family(node, scope, this)
  }

  text(node: SyntaxNode): string {
    return this.#source.slice(node.from, node.to)
  }

  nameOf(node: SyntaxNode): string {
    return nameIn(node, this.#source)
  }

  keyOf(node: SyntaxNode): string {
    return this.#given.get(this.nameOf(node)) ?? keyIn(node, this.#source)
  }

  isGiven(name: string): boolean {
    return this.#given.has(name)
  }

  global(path: readonly string[], { inFilter }: Scope): number {
    const first = path[0]!
    const index = this.#globals.get(first) ?? this.#globals.size
    this.#globals.set(first, index)
    const key = path.join('.')
    if (first !== '?' && (!inFilter || !this.#reads.has(key))) this.#reads.set(key, { path, global: index, inFilter })
    return index
  }

  program(code: Code): Program {
    return { code, names: [...this.#globals.keys()], reads: [...this.#reads.values()] }
  }
}

/** Compiles an expression; `names` are further names the grammar must know. Throws `FeelSyntaxError`. */
export function compileProgram(source: string, names: readonly string[]): Program {
  const root = parse(source, 'Expression', names)
  const compilation = new Compilation(source, names)
  return compilation.program(compilation.code(childrenOf(root)[0]!, Scope.empty))
}

/**
 * Compiles unary tests (DMN 1.5 §7.3.3, grammar rules 7 to 17) over the value that the context calls `?`: true where
 * one of them is, else null where one of them cannot tell, else false; the opposite of it for `not(…)`. Throws
 * `FeelSyntaxError`.
 */
export function compileTests(source: string, names: readonly string[]): Program {
  const children = childrenOf(parse(source, 'UnaryTests', names))
  const compilation = new Compilation(source, names)
  if (children[0]?.name === 'Wildcard') return compilation.program(constant(true))
  const group = children.find((child) => child.name === 'PositiveUnaryTests')
  if (!group) throw new FeelSyntaxError('there is no test in the cell', 0)
  const input = compilation.global(['?'], Scope.empty)
  const tests = childrenOf(group).map((test) =>
    testOf(childrenOf(test)[0]!, Scope.empty, compilation, (env) => env.globals[input] ?? null, true),
  )
  const any = anyOf(tests)
  if (children[0]?.name !== 'not') return compilation.program(any)
  return compilation.program((env) => {
    const verdict = any(env)
    return verdict === null ? null : !verdict
  })
}
