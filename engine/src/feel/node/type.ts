import type { Compiler, Family } from '../code.ts'
import type { Env } from '../env.ts'
import { childrenOf, FeelSyntaxError, type SyntaxNode } from '../syntax.ts'
import { entryOf, FeelFunction, FeelRange, type FeelValue, isContext, isList, typeOf } from '../value.ts'

/** Units of work of asking the type of an item or entry. */
const ITEM = 2

type Check = (value: FeelValue, env: Env) => boolean

/** The value as one of the type, undefined where it is none. */
export type Conversion = (value: FeelValue, env: Env) => FeelValue | undefined

const KINDS: { readonly [written: string]: string } = {
  'days and time duration': 'days and time duration',
  dayTimeDuration: 'days and time duration',
  'years and months duration': 'years and months duration',
  yearMonthDuration: 'years and months duration',
  'date and time': 'date and time',
  dateTime: 'date and time',
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  list: 'list',
  context: 'context',
  function: 'function',
  range: 'range',
}

/** `x instance of list<number>` (grammar rules 51 and 52, DMN 1.5 §10.3.2.3 and table 49): null is of no type. */
export const instanceOfExpression: Family = (node, scope, compiler) => {
  const parts = childrenOf(node)
  const value = compiler.code(parts[0]!, scope)
  const check = checkOf(parts.at(-1)!, compiler)
  return (env) => check(value(env), env)
}

/** How an argument becomes one of the type (DMN 1.5 §10.3.2.9.4): a list of one its item, an item a list of one. */
export function conversionTo(type: SyntaxNode, compiler: Compiler): Conversion {
  const check = checkOf(type, compiler)
  const wantsList = type.firstChild?.name === 'ListType' || compiler.text(type).trim() === 'list'
  return (value, env) => {
    if (value === null || check(value, env)) return value
    if (isList(value) && value.length === 1 && check(value[0]!, env)) return value[0]!
    const single = [value]
    return wantsList && check(single, env) ? single : undefined
  }
}

function checkOf(type: SyntaxNode, compiler: Compiler): Check {
  const inner = childrenOf(type)[0]!
  switch (inner.name) {
    case 'ListType':
      return listCheck(inner, compiler)
    case 'ContextType':
      return contextCheck(inner, compiler)
    case 'FunctionType': {
      const args = childrenOf(inner).find((part) => part.name === 'ArgumentTypes')
      const count = args ? childrenOf(args).length : 0
      return (value) => value instanceof FeelFunction && value.parameters.length === count
    }
  }
  const written = compiler.text(inner).replace(/\s+/g, ' ')
  if (written === 'Any') return (value) => value !== null
  if (written === 'Null') return (value) => value === null
  const kind = KINDS[written]
  if (kind === undefined) throw new FeelSyntaxError(`there is no type "${written}"`, inner.from)
  return (value) => typeOf(value) === kind
}

function listCheck(node: SyntaxNode, compiler: Compiler): Check {
  const check = checkOf(childrenOf(node).find((part) => part.name === 'Type')!, compiler)
  if (compiler.text(node).startsWith('range'))
    return (value, env) =>
      value instanceof FeelRange && [value.start, value.end].every((end) => end === null || check(end, env))
  return (value, env) => {
    if (!isList(value)) return false
    env.work(ITEM * value.length)
    return value.every((item) => check(item, env))
  }
}

function contextCheck(node: SyntaxNode, compiler: Compiler): Check {
  const typed = childrenOf(node).find((part) => part.name === 'ContextEntryTypes')
  const entries = (typed ? childrenOf(typed) : []).map((entry) => {
    const [name, type] = childrenOf(entry)
    return { name: compiler.keyOf(name!), check: checkOf(type!, compiler) }
  })
  return (value, env) => {
    if (!isContext(value)) return false
    env.work(ITEM * entries.length)
    return entries.every(({ name, check }) => check(entryOf(value, name) ?? null, env))
  }
}
