import type { FeelContext } from '../feel/index.ts'
import type { Json, Variables } from '../record/json.ts'
import type { Key } from '../record/record.ts'
import type { ElementInstance, State } from '../state/state.ts'
import { elementOf, type Run, write } from './run.ts'

/**
 * What FEEL reads at an element instance: `extra` first, then `parameters` and `case`, then the variables of the
 * element and of its scopes outwards (SPEC VA1, VA2).
 */
export function feelContext(run: Run, key: Key, extra: Variables = {}): FeelContext {
  return {
    get(name) {
      if (Object.hasOwn(extra, name)) return extra[name]
      if (name === 'parameters') return run.state.instance?.parameters ?? {}
      if (name === 'case') return caseValue(run)
      return lookUp(run.state, key, name)
    },
  }
}

/** A variable as seen from an element instance; undefined when no scope has it. */
export function lookUp(state: State, key: Key, name: string): Json | undefined {
  for (let element = state.elements.get(key); element; element = scopeOf(state, element)) {
    if (Object.hasOwn(element.variables, name)) return element.variables[name]
    if (name === 'loopCounter' && element.loopCounter !== null) return element.loopCounter
    if (element.multi !== null && element.multi.outputVariable === name) return [...element.multi.outputs]
  }
  return undefined
}

/** All variables seen from an element instance: inner ones hide outer ones. */
export function visible(state: State, key: Key): Variables {
  const chain: Variables[] = []
  for (let element = state.elements.get(key); element; element = scopeOf(state, element)) {
    const { multi, loopCounter, variables } = element
    if (multi?.outputVariable) chain.push({ [multi.outputVariable]: [...multi.outputs] })
    if (loopCounter !== null) chain.push({ loopCounter })
    chain.push(variables)
  }
  return chain.reduceRight<Variables>((all, one) => assign(all, one), {})
}

export function scopeOf(state: State, element: ElementInstance): ElementInstance | undefined {
  return element.scopeKey === null ? undefined : state.elements.get(element.scopeKey)
}

/**
 * Where variables land when they are set at `key` without a mapping (Zeebe: "Variable propagation"): in the nearest
 * scope that has the name, else in the process instance. Gives one change a scope, outermost last.
 */
export function propagation(state: State, key: Key, variables: Variables): { scopeKey: Key; variables: Variables }[] {
  const changes = new Map<Key, Variables>()
  for (const name of Object.keys(variables)) {
    let element = state.elements.get(key)
    while (element && !Object.hasOwn(element.variables, name)) {
      const outer = scopeOf(state, element)
      if (!outer) break
      element = outer
    }
    if (!element) continue
    const change = changes.get(element.key) ?? {}
    changes.set(element.key, assign(change, { [name]: variables[name] ?? null }))
  }
  return [...changes].map(([scopeKey, change]) => ({ scopeKey, variables: change }))
}

export function propagate(run: Run, key: Key, variables: Variables): void {
  for (const change of propagation(run.state, key, variables)) write(run, 'variables.set', change.scopeKey, change)
}

/** Sets variables at this scope alone. */
export function setLocal(run: Run, key: Key, variables: Variables): void {
  if (Object.keys(variables).length > 0)
    write(run, 'variables.set', key, { scopeKey: elementOf(run, key).key, variables })
}

/** Adds entries to `into`; `__proto__` is a name like others. */
export function assign(into: Variables, from: Variables): Variables {
  for (const name of Object.keys(from)) setEntry(into, name, from[name] ?? null)
  return into
}

export function setEntry(into: Variables, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(into, name, { value, enumerable: true, writable: true, configurable: true })
  else into[name] = value
}

/** Sets `target` (`a` or `a.b.c`) in a copy-on-write manner: contexts on the way are copied, others replaced. */
export function setPath(into: Variables, target: string, value: Json, base: Json | undefined): void {
  const dot = target.indexOf('.')
  if (dot < 0) {
    setEntry(into, target, value)
    return
  }
  const head = target.slice(0, dot)
  const before = Object.hasOwn(into, head) ? into[head] : base
  const inner = isContext(before) ? assign({}, before) : {}
  const rest = target.slice(dot + 1)
  const nextName = rest.split('.', 1)[0] ?? rest
  setPath(inner, rest, value, Object.hasOwn(inner, nextName) ? inner[nextName] : undefined)
  setEntry(into, head, inner)
}

function isContext(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function caseValue(run: Run): Json {
  const { instance } = run.state
  if (!instance) return null
  const [unit] = instance.units
  run.caseValue ??= caseOf(instance.key, instance.businessId, unit)
  return run.caseValue
}

/** `case` as FEEL reads it: key as on the wire, number under which staff know it, unit. */
export function caseOf(
  key: Key,
  number: string | null,
  unit: { id: string; name: string; level: string } | undefined,
): Json {
  return { key: String(key), number, unit: unit ? { id: unit.id, name: unit.name, level: unit.level } : null }
}
