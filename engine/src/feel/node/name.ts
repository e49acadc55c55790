import type { Code, Compiler, Family } from '../code.ts'
import type { Env } from '../env.ts'
import type { Scope } from '../scope.ts'
import { childrenOf, FeelSyntaxError, type SyntaxNode } from '../syntax.ts'
import { propertyOf } from '../temporal/index.ts'
import { entryOf, type FeelValue, isContext, isList } from '../value.ts'

/** A name (grammar rule 20): what is bound inside the expression, an entry of a filtered item, or a variable. */
export const variableName: Family = (node, scope, compiler) =>
  nameCode(compiler.nameOf(node), compiler.keyOf(node), node, scope, compiler)

/** `?`: the value that is tested (grammar rule 7). */
export const inputName: Family = (node, scope, compiler) => nameCode('?', '?', node, scope, compiler)

function nameCode(name: string, key: string, node: SyntaxNode, scope: Scope, compiler: Compiler): Code {
  const { slot, items } = scope.find(name)
  const inner =
    slot === null ? globalCode(name, key, node, items.length > 0 ? scope.hush() : scope, compiler) : slotCode(slot)
  return items.length === 0 ? inner : itemCode(key, items, inner)
}

const slotCode =
  (slot: number): Code =>
  (env) =>
    env.frame[slot]!

function globalCode(name: string, key: string, node: SyntaxNode, scope: Scope, compiler: Compiler): Code {
  if (name === 'function') throw new FeelSyntaxError('"function" cannot be read here', node.from)
  if (name.includes(' ') && !compiler.isGiven(name) && !isQuoted(node, compiler))
    throw new FeelSyntaxError(`"${name}" is two names without an operator between them`, node.from)
  const index = compiler.global(pathFrom(key, node, compiler), scope)
  if (scope.quiet) return (env) => env.globals[index] ?? null
  return (env) => {
    const value = env.globals[index]
    return value === undefined ? env.missing(key) : value
  }
}

const isQuoted = (node: SyntaxNode, compiler: Compiler): boolean =>
  childrenOf(node).length === 1 && compiler.text(node).startsWith('`')

function itemCode(key: string, items: readonly number[], outside: Code): Code {
  return (env) => {
    for (const slot of items) {
      const item = env.frame[slot]
      const value = isContext(item) ? entryOf(item, key) : undefined
      if (value !== undefined) return value
    }
    return outside(env)
  }
}

/** The path that starts with this name: `case.unit.level`. */
function pathFrom(key: string, node: SyntaxNode, compiler: Compiler): string[] {
  const path = [key]
  for (let at = node; at.parent?.name === 'PathExpression' && at.parent.from === node.from; at = at.parent) {
    const last = childrenOf(at.parent).at(-1)!
    if (last.name !== 'PathName') break
    path.push(compiler.keyOf(last))
  }
  return path
}

/** `a.b` (grammar rule 18, DMN 1.5 §10.3.2.5): an entry, a property of a date or range, or those of each item. */
export const pathExpression: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const base = parts[0]!
  const name = compiler.keyOf(parts.at(-1)!)
  const inner = compiler.code(base, scope)
  const path = scope.quiet ? null : variablePath(base, scope, compiler)
  const dotted = path && `${path}.${name}`
  return (env) => {
    const value = inner(env)
    if (typeof value !== 'object' || value === null) return null
    if (isContext(value)) {
      if (Object.hasOwn(value, name)) return value[name]!
      return dotted === null ? null : env.missing(dotted)
    }
    return isList(value) ? eachOf(value, name, env) : (propertyOf(value, name) ?? null)
  }
}

/** The dotted path of a variable of the context; null for anything else. */
function variablePath(node: SyntaxNode, scope: Scope, compiler: Compiler): string | null {
  if (node.name === 'VariableName') {
    const { slot, items } = scope.find(compiler.nameOf(node))
    return slot === null && items.length === 0 ? compiler.keyOf(node) : null
  }
  if (node.name !== 'PathExpression') return null
  const parts = childrenOf(node)
  const outer = variablePath(parts[0]!, scope, compiler)
  return outer && `${outer}.${compiler.keyOf(parts.at(-1)!)}`
}

function eachOf(items: readonly FeelValue[], name: string, env: Env): FeelValue {
  env.spend(items.length)
  return items.map((item) => {
    if (isContext(item)) return entryOf(item, name) ?? null
    if (isList(item)) return eachOf(item, name, env)
    return item === null ? null : (propertyOf(item, name) ?? null)
  })
}
