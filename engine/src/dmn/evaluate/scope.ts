import { type FeelContext, put, type Scope, type Value } from '../feel.ts'

/** The variables of the case, which every decision may read (Camunda 8). */
export const caseScope = (context: FeelContext): Scope => ({
  get: (name) => context.get(name),
  isLocal: () => false,
})

/** Nothing: what the logic of a function sees beside its parameters and the functions it requires; not the case. */
export const emptyScope: Scope = { get: () => undefined, isLocal: () => true }

/** Names looked up in `find` first, then outside. */
export const scopeOver = (outer: Scope, find: (name: string) => Value | undefined): Scope => ({
  get(name) {
    const found = find(name)
    return found === undefined ? outer.get(name) : found
  },
  isLocal: (name) => outer.isLocal(name),
})

/** Names that the logic itself gives values to: entries of a context, parameters, an iterator. */
export class LocalScope implements Scope {
  readonly #outer: Scope
  readonly #values: { [name: string]: Value } = {}

  constructor(outer: Scope, values: readonly (readonly [string, Value])[] = []) {
    this.#outer = outer
    for (const [name, value] of values) this.set(name, value)
  }

  set(name: string, value: Value): void {
    put(this.#values, name, value)
  }

  get(name: string): Value | undefined {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : this.#outer.get(name)
  }

  isLocal(name: string): boolean {
    return Object.hasOwn(this.#values, name) || this.#outer.isLocal(name)
  }
}
