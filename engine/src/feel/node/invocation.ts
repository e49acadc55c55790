import { type Builtin, builtins, type Signature } from '../builtin/all.ts'
import type { Code, Compiler, Family } from '../code.ts'
import type { Scope } from '../scope.ts'
import { childrenOf, FeelSyntaxError, normalName, type SyntaxNode } from '../syntax.ts'
import { FeelFunction, type FeelValue, isList } from '../value.ts'

/** Arguments as written: `names` where they are named. */
interface Arguments {
  readonly codes: readonly Code[]
  readonly names: readonly string[] | null
}

/** Functions whose first argument may well be missing. */
const HUSHED = new Set(['is defined', 'get or else'])

/** `f(1, 2)`, `f(a: 1)` (grammar rules 38 to 44). */
export const functionInvocation: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const target = parts[0]!
  const written = parts.find((part) => part.name.endsWith('Parameters'))
  if (target.name === 'VariableName') {
    const name = compiler.nameOf(target)
    const args = argumentsOf(written, scope, compiler, HUSHED.has(name))
    return named(name, target, args, scope, compiler)
  }
  const callee = compiler.code(target, scope)
  const args = argumentsOf(written, scope, compiler, false)
  return calling(callee, args, null)
}

function named(name: string, node: SyntaxNode, args: Arguments, scope: Scope, compiler: Compiler): Code {
  const builtin = builtins.get(name)
  const { slot, items } = scope.find(name)
  const isValue = slot !== null || compiler.isGiven(name)
  const own = builtin ? callBuiltin(builtin, args) : null
  if (!isValue && own) return own
  if (!isValue && items.length === 0) throw new FeelSyntaxError(`there is no function "${name}"`, node.from)
  return calling(compiler.code(node, scope), args, own)
}

/** Calls a value; what is no function gives null, or what a built-in of that name gives. */
function calling(callee: Code, { codes, names }: Arguments, otherwise: Code | null): Code {
  return (env) => {
    const target = callee(env)
    if (!(target instanceof FeelFunction)) return otherwise ? otherwise(env) : null
    const given = codes.map((code) => code(env))
    const args = names === null ? given : bound(target.parameters, names, given)
    return args === null || args.length !== target.parameters.length ? null : target.call(args, env)
  }
}

/** Arguments of a function of the model: one that is left out is null, as in a boxed invocation (Camunda). */
function bound(
  parameters: readonly string[],
  names: readonly string[],
  given: readonly FeelValue[],
): readonly FeelValue[] | null {
  const args = arrange(parameters, names, given)
  return args && parameters.map((_, at) => args[at] ?? null)
}

function callBuiltin(builtin: Builtin, { codes, names }: Arguments): Code {
  const { call, signatures } = builtin
  if (names === null) {
    const count = codes.length
    const fits = signatures.some(({ parameters, variadic }) => variadic || parameters.length >= count)
    if (!fits) return (env) => env.failure(`"${builtin.name}" takes fewer arguments`)
    const [first, second] = codes
    if (count === 1) return (env) => call([first!(env)], env)
    if (count === 2) return (env) => call([first!(env), second!(env)], env)
    return (env) =>
      call(
        codes.map((code) => code(env)),
        env,
      )
  }
  const fitting = signatures.filter(({ parameters }) => names.every((name) => parameters.includes(name)))
  const signature = fitting.find(({ parameters }) => names.every((name, at) => parameters[at] === name)) ?? fitting[0]
  if (!signature) return (env) => env.failure(`"${builtin.name}" has no such parameters`)
  return (env) => {
    const args = arrange(
      signature.parameters,
      names,
      codes.map((code) => code(env)),
    )
    return args === null ? null : call(laidOut(args, signature), env)
  }
}

/** Camunda's names of parameters that stand for any number of arguments: given by name, they are a list of these. */
const LISTED = ['lists', 'items']

function laidOut(args: readonly FeelValue[], { parameters, variadic }: Signature): readonly FeelValue[] {
  const last = args.at(-1)
  const isListed = variadic && args.length === parameters.length && LISTED.includes(parameters.at(-1)!)
  return isListed && isList(last) ? [...args.slice(0, -1), ...last] : args
}

/** Arguments in the order of the parameters, undefined for those left out; null where a name is no parameter. */
function arrange(
  parameters: readonly string[],
  names: readonly string[],
  given: readonly FeelValue[],
): readonly FeelValue[] | null {
  const count = Math.max(0, ...names.map((name) => placeOf(name, parameters) + 1))
  const args: FeelValue[] = new Array(count).fill(undefined)
  for (const [index, name] of names.entries()) {
    const at = placeOf(name, parameters)
    if (at < 0) return null
    args[at] = given[index]!
  }
  return args
}

/** Where a parameter stands; a model may write `Age-group` what is called as `Age - group`. */
function placeOf(name: string, parameters: readonly string[]): number {
  const at = parameters.indexOf(name)
  return at < 0 ? parameters.findIndex((parameter) => normalName(parameter) === name) : at
}

function argumentsOf(written: SyntaxNode | undefined, scope: Scope, compiler: Compiler, hushed: boolean): Arguments {
  const parts = written ? childrenOf(written) : []
  if (written?.name !== 'NamedParameters')
    return {
      codes: parts.map((part, at) => compiler.code(part, hushed && at === 0 ? scope.hush() : scope)),
      names: null,
    }
  const names = parts.map((part) => compiler.nameOf(childrenOf(childrenOf(part)[0]!)[0]!))
  return {
    names,
    codes: parts.map((part, at) => {
      const value = childrenOf(part).at(-1)!
      return compiler.code(value, hushed && names[at] !== 'default' ? scope.hush() : scope)
    }),
  }
}
