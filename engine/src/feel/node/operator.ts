import type { Code, Compiler } from '../code.ts'
import { compare } from '../compare.ts'
import { equals } from '../equality.ts'
import type { Scope } from '../scope.ts'
import { FeelSyntaxError, type SyntaxNode } from '../syntax.ts'

/** Two values by an operator: for comparisons and for tests such as `>= 5`. */
export function compared(operator: string, left: Code, right: Code): Code {
  switch (operator) {
    case '=':
      return (env) => equals(left(env), right(env), env)
    case '!=':
      return (env) => {
        const same = equals(left(env), right(env), env)
        return same === null ? null : !same
      }
    case '<':
      return (env) => {
        const order = compare(left(env), right(env), env, '<')
        return order === null ? null : order < 0
      }
    case '<=':
      return (env) => {
        const order = compare(left(env), right(env), env, '<=')
        return order === null ? null : order <= 0
      }
    case '>':
      return (env) => {
        const order = compare(left(env), right(env), env, '>')
        return order === null ? null : order > 0
      }
    default:
      return (env) => {
        const order = compare(left(env), right(env), env, '>=')
        return order === null ? null : order >= 0
      }
  }
}

/** Operands of arithmetic and comparisons are values: a test such as `> 5` needs brackets to be one. */
export function operandCode(node: SyntaxNode, scope: Scope, compiler: Compiler): Code {
  if (node.name === 'SimplePositiveUnaryTest' && node.firstChild?.name !== 'Interval')
    throw new FeelSyntaxError(`"${compiler.text(node)}" cannot be read here`, node.from)
  return compiler.code(node, scope)
}
