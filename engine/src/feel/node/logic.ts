import type { Code, Family } from '../code.ts'
import { childrenOf } from '../syntax.ts'

/** `a and b`, `a or b` (DMN 1.5 §10.3.2.11). */
export const logic: Family = (node, scope, compiler) => {
  const [left, operator, right] = childrenOf(node)
  const join = operator!.name === 'and' ? both : either
  return join(compiler.code(left!, scope), compiler.code(right!, scope))
}

/** False if either is, true if both are, else null. */
function both(left: Code, right: Code): Code {
  return (env) => {
    const a = left(env)
    if (a === false) return false
    const b = right(env)
    if (b === false) return false
    if (a === true && b === true) return true
    if (isOdd(a) || isOdd(b)) env.unlike('and', a, b)
    return null
  }
}

/** True if either is, false if both are, else null. */
function either(left: Code, right: Code): Code {
  return (env) => {
    const a = left(env)
    if (a === true) return true
    const b = right(env)
    if (b === true) return true
    if (a === false && b === false) return false
    if (isOdd(a) || isOdd(b)) env.unlike('or', a, b)
    return null
  }
}

const isOdd = (value: unknown): boolean => value !== null && typeof value !== 'boolean'

/** `if c then a else b` (§10.3.2.12): `b` for anything but true. */
export const ifExpression: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const [condition, then, otherwise] = [parts[1]!, parts[3]!, parts[5]!].map((part) => compiler.code(part, scope))
  return (env) => (condition!(env) === true ? then!(env) : otherwise!(env))
}
