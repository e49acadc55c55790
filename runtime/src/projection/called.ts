import type { Fact, Key, State } from '@bihuan/engine'

/**
 * Which live element instances stand in called processes, and in which definition: facts name it only where a call
 * begins. Told of every fact in order, it knows of each scope what it belongs to.
 */
export class Called {
  readonly #definitions = new Map<Key, Key>()

  /** What a saved state says of its live element instances. */
  static of(state: State): Called {
    const called = new Called()
    for (const { key, definitionKey } of state.elements.values())
      if (definitionKey !== null) called.#definitions.set(key, definitionKey)
    return called
  }

  /** The definition of an element instance in a called process; null for one of the case's own. */
  definitionOf(elementInstanceKey: Key): Key | null {
    return this.#definitions.get(elementInstanceKey) ?? null
  }

  /** Before a fact is projected: what begins belongs where its scope does. */
  begin({ kind, key, value }: Fact): void {
    if (kind !== 'element.activated') return
    const definitionKey = value.definitionKey ?? this.#definitions.get(value.scopeKey)
    if (definitionKey !== undefined) this.#definitions.set(key, definitionKey)
  }

  /** After it: what has ended is asked for no more. */
  end({ kind, key }: Fact): void {
    if (kind === 'element.completed' || kind === 'element.terminated') this.#definitions.delete(key)
  }
}
