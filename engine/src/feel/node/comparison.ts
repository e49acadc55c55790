import type { Code, Compiler, Family } from '../code.ts'
import { compare } from '../compare.ts'
import type { Scope } from '../scope.ts'
import { childrenOf, type SyntaxNode } from '../syntax.ts'
import { FeelRange, type FeelValue, typeOf } from '../value.ts'
import { compared, operandCode } from './operator.ts'
import { anyOf, endsOf, isInterval, testOf } from './test.ts'

/** `a < b`, `a between b and c`, `a in (…)` (grammar rule 49, DMN 1.5 §10.3.2.13). */
export const comparison: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const word = parts[1]!
  const left = operandCode(parts[0]!, scope, compiler)
  if (word.name === 'between')
    return between(left, operandCode(parts[2]!, scope, compiler), operandCode(parts[4]!, scope, compiler))
  if (word.name !== 'in') return compared(compiler.text(word), left, operandCode(parts[2]!, scope, compiler))
  const tests = parts
    .slice(2)
    .flatMap((part) => (part.name === 'PositiveUnaryTests' ? childrenOf(part) : [part]))
    .filter((part) => part.name === 'PositiveUnaryTest')
  return inCode(left, tests, scope, compiler)
}

function between(value: Code, low: Code, high: Code): Code {
  return (env) => {
    const found = value(env)
    const above = compare(found, low(env), env, 'between')
    const below = compare(found, high(env), env, 'between')
    if ((above !== null && above < 0) || (below !== null && below > 0)) return false
    return above === null || below === null ? null : true
  }
}

/** `left in (…)`: whether one of the tests passes. `?` is the value in them. */
function inCode(left: Code, nodes: readonly SyntaxNode[], scope: Scope, compiler: Compiler): Code {
  const slot = scope.size
  const inner = scope.bind('?')
  const tests = nodes.map((node) => testOf(childrenOf(node)[0]!, inner, compiler, (env) => env.frame[slot]!, false))
  const any = anyOf(tests)
  return (env) => {
    env.frame[slot] = left(env)
    return any(env)
  }
}

/** `[1..5]`, `< 5` as a value: a range (grammar rules 7 and 8, DMN 1.5 §10.3.2.7). */
export const rangeLiteral: Family = (node, scope, compiler) => {
  if (isInterval(node)) {
    const { low, high, startIncluded, endIncluded } = endsOf(node, scope, compiler)
    return (env) => {
      const [start, end] = [low(env), high(env)]
      if (start === null || end === null) return null
      if (typeOf(start) !== typeOf(end)) return env.unlike('..', start, end)
      return new FeelRange(start, end, startIncluded, endIncluded)
    }
  }
  const [operator, end] = childrenOf(node)
  const value = operandCode(end!, scope, compiler)
  const make = RANGES[compiler.text(operator!)]
  if (!make) return operandCode(node, scope, compiler)
  return (env) => {
    const found = value(env)
    return found === null ? null : make(found)
  }
}

const RANGES: { readonly [operator: string]: (end: FeelValue) => FeelRange } = {
  '<': (end) => new FeelRange(null, end, false, false),
  '<=': (end) => new FeelRange(null, end, false, true),
  '>': (end) => new FeelRange(end, null, false, false),
  '>=': (end) => new FeelRange(end, null, true, false),
  '=': (end) => new FeelRange(end, end, true, true),
}
