import type { Code, Compiler } from '../code.ts'
import { compare, within } from '../compare.ts'
import type { Env } from '../env.ts'
import { equals, isSame } from '../equality.ts'
import type { Scope } from '../scope.ts'
import { childrenOf, type SyntaxNode } from '../syntax.ts'
import { FeelRange, type FeelValue, isList } from '../value.ts'
import { compared, operandCode } from './operator.ts'

/** A unary test (DMN 1.5 §7.3.3, grammar rules 7 to 17): whether the value it is compiled for passes. */
export type Test = (env: Env) => boolean | null

/** What gives true, false or null. */
export const VERDICTS = new Set([
  'Comparison',
  'Conjunction',
  'Disjunction',
  'QuantifiedExpression',
  'InstanceOfExpression',
])
const LITERALS = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'DateTimeLiteral', 'null'])

/**
 * Compiles one test. `value` gives what is tested.
 *
 * A comparison or an interval tests the value; null passes neither, which is no news. Any other expression passes where
 * its result is the value, a list that holds it, or a range around it. If it speaks of `?`, a result of true, false or
 * null is the verdict itself. In a cell of a decision table (`inCell`) one that gives true passes whatever the value is,
 * but for the word itself.
 */
export function testOf(node: SyntaxNode, scope: Scope, compiler: Compiler, value: Code, inCell: boolean): Test {
  if (node.name === 'SimplePositiveUnaryTest') return simpleTest(node, scope, compiler, value)
  const code = compiler.code(node, scope)
  const speaks = speaksOfInput(node)
  const decides = inCell && !LITERALS.has(node.name)
  const orNull = speaks || (inCell && VERDICTS.has(node.name))
  return (env) => {
    const found = code(env)
    if (speaks && typeof found === 'boolean') return found
    if (decides && typeof found === 'boolean') return found || value(env) === false
    if (orNull && found === null) return null
    return matches(value(env), found, env)
  }
}

function matches(value: FeelValue, found: FeelValue, env: Env): boolean | null {
  if (isList(found)) {
    env.work(found.length)
    return found.some((item) => isOne(value, item, env)) || isSame(value, found, env)
  }
  if (found instanceof FeelRange && !(value instanceof FeelRange)) return within(value, found, env)
  return equals(value, found, env)
}

const isOne = (value: FeelValue, item: FeelValue, env: Env): boolean =>
  isSame(value, item, env) || (item instanceof FeelRange && within(value, item, env) === true)

/** True where one of the tests is, else null where one of them cannot tell, else false. */
export function anyOf(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0]!
  return (env) => {
    let result: boolean | null = false
    for (const test of tests) {
      const verdict = test(env)
      if (verdict === true) return true
      if (verdict === null) result = null
    }
    return result
  }
}

function comparedTest(operator: string, end: SyntaxNode, scope: Scope, compiler: Compiler, value: Code): Test {
  const test = compared(operator, value, operandCode(end, scope, compiler)) as Test
  if (operator === '=' || operator === '!=') return test
  return (env) => (value(env) === null ? null : test(env))
}

function simpleTest(node: SyntaxNode, scope: Scope, compiler: Compiler, value: Code): Test {
  if (!isInterval(node)) {
    const [operator, end] = childrenOf(node)
    return comparedTest(compiler.text(operator!), end!, scope, compiler, value)
  }
  const { low, high, startIncluded, endIncluded } = endsOf(node, scope, compiler)
  return (env) => {
    const found = value(env)
    if (found === null) return null
    const above = compare(found, low(env), env, 'in')
    const below = compare(found, high(env), env, 'in')
    if (above === null || below === null) return null
    return (above > 0 || (above === 0 && startIncluded)) && (below < 0 || (below === 0 && endIncluded))
  }
}

export const isInterval = (node: SyntaxNode): boolean => node.firstChild?.name === 'Interval'

/** The ends of `[1..5)` and whether they belong to it. */
export function endsOf(node: SyntaxNode, scope: Scope, compiler: Compiler) {
  const [open, low, , high, close] = childrenOf(childrenOf(node)[0]!)
  return {
    low: compiler.code(low!, scope),
    high: compiler.code(high!, scope),
    startIncluded: compiler.text(open!) === '[',
    endIncluded: compiler.text(close!) === ']',
  }
}

function speaksOfInput(node: SyntaxNode): boolean {
  return node.name === '?' || childrenOf(node).some(speaksOfInput)
}
