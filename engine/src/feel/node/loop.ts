import type { Code, Compiler, Family } from '../code.ts'
import { orderOf } from '../compare.ts'
import { BudgetError, type Env } from '../env.ts'
import { add, isNumber, subtract } from '../number.ts'
import type { Scope } from '../scope.ts'
import { childrenOf, type SyntaxNode } from '../syntax.ts'
import { addTemporal, DaysDuration, FeelDate, subtractTemporal } from '../temporal/index.ts'
import { FeelRange, type FeelValue, isList } from '../value.ts'

/** The items of one iterator; null where there is nothing to go through. */
type Domain = (env: Env) => readonly FeelValue[] | null

interface Iterator {
  readonly slot: number
  readonly domain: Domain
}

/** No expression can write this name: its slot is kept for another. */
const NAMELESS = ''

/** Iterators of a loop, their names, and the scope after them. */
function iteratorsOf(node: SyntaxNode, scope: Scope, compiler: Compiler) {
  const iterators: Iterator[] = []
  const names: string[] = []
  let inner = scope
  for (const part of childrenOf(node)) {
    const [written, , domain] = childrenOf(part)
    const name = compiler.nameOf(written!)
    iterators.push({ slot: inner.size, domain: domainOf(domain!, inner, compiler) })
    names.push(name)
    inner = inner.bind(name)
  }
  return { iterators, names, inner }
}

function domainOf(node: SyntaxNode, scope: Scope, compiler: Compiler): Domain {
  const parts = childrenOf(node)
  const first = compiler.code(parts[0]!, scope)
  if (parts.length === 3) {
    const last = compiler.code(parts[2]!, scope)
    return (env) => span(first(env), last(env), env)
  }
  return (env) => {
    const value = first(env)
    if (isList(value)) return value
    if (value instanceof FeelRange) return itemsOf(value, env)
    return value === null ? null : [value]
  }
}

/** All whole steps from one end to the other, both included, up or down: numbers or dates. */
function span(from: FeelValue, to: FeelValue, env: Env): readonly FeelValue[] | null {
  if (from === null || to === null) return null
  if (from instanceof FeelDate && to instanceof FeelDate) {
    const days = subtractTemporal(to, from)
    const count = days instanceof DaysDuration ? Number(days.nanos / DaysDuration.ofDays(1).nanos) : 0
    env.spend(Math.abs(count) + 1)
    const step = count < 0 ? -1 : 1
    return Array.from({ length: Math.abs(count) + 1 }, (_, at) => addTemporal(from, DaysDuration.ofDays(step * at)))
  }
  if (!isNumber(from) || !isNumber(to)) return env.unlike('..', from, to)
  const difference = subtract(to, from)
  if (typeof difference !== 'number' || !Number.isInteger(difference))
    throw new BudgetError('a loop needs a range of whole steps')
  const count = Math.abs(difference) + 1
  env.spend(count)
  const step = difference < 0 ? -1 : 1
  return Array.from({ length: count }, (_, at) => add(from, step * at)!)
}

const hasSteps = (value: FeelValue): boolean => isNumber(value) || value instanceof FeelDate

/** The items of a range as a value: its ends only if they belong to it. */
export function itemsOf({ start, end, startIncluded, endIncluded }: FeelRange, env: Env): readonly FeelValue[] | null {
  if (start === null || end === null) throw new BudgetError('a loop needs a range with both ends')
  const order = hasSteps(start) && hasSteps(end) ? orderOf(start, end, env) : null
  if (order !== null && order > 0) return []
  const items = span(start, end, env)
  return items?.slice(startIncluded ? 0 : 1, endIncluded ? undefined : -1) ?? null
}

/** Goes through all combinations of items; `visit` ends it by true. Null where an iterator has nothing to go through. */
function goThrough(iterators: readonly Iterator[], work: number, env: Env, visit: () => boolean): boolean | null {
  const walk = (depth: number): boolean | null => {
    if (depth === iterators.length) return visit()
    const { slot, domain } = iterators[depth]!
    const items = domain(env)
    if (items === null) return null
    env.spend(items.length)
    env.work(items.length * work)
    for (const item of items) {
      env.frame[slot] = item
      const ended = walk(depth + 1)
      if (ended !== false) return ended
    }
    return false
  }
  return walk(0)
}

const workOf = (body: SyntaxNode): number => 1 + ((body.to - body.from) >> 2)

/** `for x in list, y in 1..3 return …` (grammar rule 46, DMN 1.5 §10.3.2.14); `partial` is what there is so far. */
export const forExpression: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const body = parts.at(-1)!
  const partial = scope.size
  // What is gone through cannot be what is being built: `partial` is a name of the body alone, in a slot before the others.
  const { iterators, names } = iteratorsOf(parts[1]!, scope.bind(NAMELESS), compiler)
  const inner = names.reduce((outer, name) => outer.bind(name), scope.bind('partial'))
  const code = compiler.code(body, inner)
  const work = workOf(body)
  const keeps = keepsPartial(body, compiler)
  return (env) => {
    const results: FeelValue[] = []
    const outcome = goThrough(iterators, work, env, () => {
      env.frame[partial] = keeps ? copyOf(results, env) : results
      results.push(code(env))
      return false
    })
    return outcome === null ? null : env.built(results)
  }
}

function copyOf(results: readonly FeelValue[], env: Env): readonly FeelValue[] {
  env.work(results.length)
  return results.slice()
}

/** Whether `partial` may become part of a value, or be read by a function later, and not only have its items looked up. */
function keepsPartial(node: SyntaxNode, compiler: Compiler, isLater = false): boolean {
  if (node.name === 'VariableName' && compiler.nameOf(node) === 'partial')
    return isLater || !(node.parent?.name === 'FilterExpression' && node.parent.from === node.from)
  const later = isLater || node.name === 'FunctionDefinition'
  return childrenOf(node).some((part) => keepsPartial(part, compiler, later))
}

/** `some x in list satisfies …`, `every …` (grammar rule 47, DMN 1.5 §10.3.2.15), with the logic of `or` and `and`. */
export const quantifiedExpression: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const body = parts.at(-1)!
  const { iterators, inner } = iteratorsOf(parts[1]!, scope, compiler)
  return quantified(parts[0]!.name === 'some', iterators, compiler.code(body, inner), workOf(body))
}

function quantified(some: boolean, iterators: readonly Iterator[], code: Code, work: number): Code {
  return (env) => {
    let unknown = false
    const ended = goThrough(iterators, work, env, () => {
      const verdict = code(env)
      if (typeof verdict !== 'boolean') unknown = true
      return verdict === some
    })
    if (ended === null) return null
    if (ended) return some
    return unknown ? null : !some
  }
}
