import type { Expression, FeelContext } from '../feel/index.ts'
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

/** A variable as seen from an element instance; undefined when no scope of its process has it. */
export function lookUp(state: State, key: Key, name: string): Json | undefined {
  for (let element = state.elements.get(key); element; element = outerOf(state, element)) {
    if (Object.hasOwn(element.variables, name)) return element.variables[name]
    if (name === 'loopCounter' && element.loopCounter !== null) return element.loopCounter
    if (element.multi !== null && element.multi.outputVariable === name) return [...element.multi.outputs]
    if (element.adHoc !== null && element.adHoc.outputVariable === name) return [...element.adHoc.outputs]
  }
  return undefined
}

/** All variables seen from an element instance: inner ones hide outer ones. */
export function visible(state: State, key: Key): Variables {
  const chain: Variables[] = []
  for (let element = state.elements.get(key); element; element = outerOf(state, element)) {
    const { multi, adHoc, loopCounter, variables } = element
    if (adHoc?.outputVariable) chain.push({ [adHoc.outputVariable]: [...adHoc.outputs] })
    if (multi?.outputVariable) chain.push({ [multi.outputVariable]: [...multi.outputs] })
    if (loopCounter !== null) chain.push({ loopCounter })
    chain.push(variables)
  }
  return chain.reduceRight<Variables>((all, one) => assign(all, one), {})
}

export function scopeOf(state: State, element: ElementInstance): ElementInstance | undefined {
  return element.scopeKey === null ? undefined : state.elements.get(element.scopeKey)
}

/** The scope whose variables an element sees next; undefined at its process: a called one does not see its caller's. */
function outerOf(state: State, element: ElementInstance): ElementInstance | undefined {
  return element.elementType === 'bpmn:Process' ? undefined : scopeOf(state, element)
}

/**
 * Where variables land when they are set at `key` without a mapping (Zeebe: "Variable propagation"): in the nearest
 * scope that has the name, else in its process. What has the name because the engine makes it there is nobody's to
 * write: whoever gives back all he was told leaves no trace of it (SPEC VA4). Gives one change a scope, outermost last.
 */
export function propagation(state: State, key: Key, variables: Variables): { scopeKey: Key; variables: Variables }[] {
  const changes: { scopeKey: Key; variables: Variables }[] = []
  for (const name of Object.keys(variables)) {
    const element = homeOf(state, key, name)
    if (!element) continue
    const scopeKey = element.key
    let change = changes.find((one) => one.scopeKey === scopeKey)
    if (!change) {
      change = { scopeKey, variables: {} }
      changes.push(change)
    }
    setEntry(change.variables, name, variables[name] ?? null)
  }
  return changes
}

/** The scope in which a variable that is set at `from` lands; undefined where it is nobody's to write. */
function homeOf(state: State, from: Key, name: string): ElementInstance | undefined {
  let home: ElementInstance | undefined
  for (let element = state.elements.get(from); element; element = outerOf(state, element)) {
    if (Object.hasOwn(element.variables, name)) return element
    if (isMade(element, name, from)) return undefined
    home = element
  }
  return home
}

/** Whether the engine makes a name at an element instance: its number, or results; those it hands out itself, from there. */
function isMade({ key, loopCounter, multi, adHoc }: ElementInstance, name: string, from: Key): boolean {
  if (name === 'loopCounter') return loopCounter !== null
  return key !== from && (multi?.outputVariable === name || adHoc?.outputVariable === name)
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

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*/u

/** The variable an output element reads, when it is a name or a path: what is collected is written there. */
export function writtenBy(outputElement: Expression | null): string | null {
  if (!outputElement || !/^[\p{L}\p{N}_$.]+$/u.test(outputElement.source)) return null
  const name = NAME.exec(outputElement.source)?.[0] ?? null
  return name === 'loopCounter' ? null : name
}
