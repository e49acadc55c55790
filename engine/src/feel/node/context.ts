import type { Code, Compiler, Family } from '../code.ts'
import type { Scope } from '../scope.ts'
import { childrenOf, normalName, type SyntaxNode } from '../syntax.ts'
import { type FeelValue, setEntry } from '../value.ts'
import { Closure } from './function.ts'
import { textOfLiteral } from './literal.ts'

interface Entry {
  readonly name: string
  readonly slot: number
  readonly code: Code
  /** Whether it is a function written here, which then knows itself. */
  readonly isFunction: boolean
}

/**
 * `{a: 1, b: a + 1}` (grammar rule 57, DMN 1.5 §10.3.2.6): an entry is a name for those after it. A function may call
 * itself by the name of its entry.
 */
export const context: Family = (node, scope, compiler) => {
  const entries: Entry[] = []
  let inner = scope
  for (const entry of childrenOf(node)) {
    if (entry.name !== 'ContextEntry') continue
    const made = entryOf(entry, inner, compiler)
    entries.push(made.entry)
    inner = made.inner
  }
  return (env) => {
    const result: { [name: string]: FeelValue } = {}
    for (const { name, slot, code, isFunction } of entries) {
      const value = code(env)
      env.frame[slot] = value
      if (isFunction && value instanceof Closure) value.knows(slot, value)
      setEntry(result, name, value)
    }
    return env.built(result)
  }
}

function entryOf(node: SyntaxNode, scope: Scope, compiler: Compiler): { entry: Entry; inner: Scope } {
  const [key, value] = childrenOf(node)
  const written = childrenOf(key!)[0]!
  const name = written.name === 'StringLiteral' ? textOfLiteral(compiler.text(written)) : compiler.keyOf(written)
  const inner = scope.bind(normalName(name))
  const isFunction = value!.name === 'FunctionDefinition'
  const code = compiler.code(value!, isFunction ? inner : scope)
  return { entry: { name, slot: scope.size, code, isFunction }, inner }
}
