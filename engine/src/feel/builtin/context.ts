import type { Env } from '../env.ts'
import { entryOf, type FeelObject, type FeelValue, isContext, isList, setEntry } from '../value.ts'
import { type Arguments, builtin, type Family, isText, listOf } from './builtin.ts'

/** Units of work of copying an entry. */
const ENTRY = 4

/** A context that is being built. */
type Draft = { [name: string]: FeelValue }

function copyOf(context: FeelObject, env: Env): Draft {
  const copy: Draft = {}
  const names = Object.keys(context)
  env.work(names.length * ENTRY)
  for (const name of names) setEntry(copy, name, context[name]!)
  return copy
}

/** The names of a path: one name, or a list of some. Null for anything else. */
function pathOf(key: FeelValue | undefined, env: Env): readonly string[] | null {
  if (isText(key)) return [key]
  if (!isList(key) || key.length === 0 || !key.every(isText)) return null
  env.work(key.length)
  return key
}

function getValue([context, key]: Arguments, env: Env): FeelValue {
  const path = pathOf(key, env)
  if (!path || !isContext(context)) return null
  let at: FeelValue | undefined = context
  for (const name of path) at = isContext(at) ? entryOf(at, name) : undefined
  return at ?? null
}

/** The context with a value at a path; contexts that are missing on the way are made. Null where something else is. */
function put(context: FeelValue | undefined, path: readonly string[], value: FeelValue, env: Env): FeelObject | null {
  // From the outermost in, then back out: no path is too deep for it.
  const outer: FeelObject[] = []
  let at: FeelValue | undefined = context
  for (const _ of path) {
    if (!isContext(at)) return null
    outer.push(at)
    at = entryOf(at, path[outer.length - 1]!) ?? {}
  }
  let result = value
  for (let index = path.length - 1; index >= 0; index--) {
    const copy = copyOf(outer[index]!, env)
    setEntry(copy, path[index]!, result)
    result = copy
  }
  return result as FeelObject
}

function contextPut([context, key, value]: Arguments, env: Env): FeelValue {
  const path = pathOf(key, env)
  return path && env.built(put(context, path, value ?? null, env))
}

/** All entries in one context; a later context wins. Null when one is no context. */
function merged(contexts: readonly FeelValue[], env: Env): FeelValue {
  const result: Draft = {}
  for (const context of contexts) {
    if (!isContext(context)) return null
    const names = Object.keys(context)
    env.work(names.length * ENTRY)
    for (const name of names) setEntry(result, name, context[name]!)
  }
  return env.built(result)
}

/** A context of `{key, value}` pairs; a later one wins (Camunda). Null when one is no such pair. */
function ofEntries(entries: readonly FeelValue[], env: Env): FeelValue {
  const result: Draft = {}
  for (const entry of entries) {
    if (!isContext(entry)) return null
    const key = entryOf(entry, 'key')
    const value = entryOf(entry, 'value')
    if (!isText(key) || value === undefined) return null
    setEntry(result, key, value)
  }
  return env.built(result)
}

/** DMN 1.5 §10.3.4.8. */
export const contextFunctions: Family = [
  builtin('get value', ['context, key', 'm, key', 'context, keys'], getValue),
  builtin('get entries', ['context', 'm'], ([context], env) => {
    if (!isContext(context)) return null
    return env.built(Object.keys(context).map((key) => ({ key, value: context[key]! })))
  }),
  builtin('context put', ['context, key, value', 'context, keys, value'], contextPut),
  builtin('context merge', ['contexts', 'contexts...'], (args, env) => {
    const contexts = args.length > 1 ? args.map((arg) => arg ?? null) : listOf(args[0], env)
    return contexts && merged(contexts, env)
  }),
  builtin('context', 'entries', ([entries], env) => {
    const list = listOf(entries, env)
    return list && ofEntries(list, env)
  }),
]
