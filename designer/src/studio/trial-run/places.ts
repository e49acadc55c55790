import type { DefinitionBundle, DefinitionSource, Fact, Key, ProcessDefinition } from '@bihuan/engine'

/**
 * Tells which process a fact speaks of: what happens in a called process (BPMN 2.0 §10.3.6) stands in a drawing of its
 * own, and its elements may have ids that the drawing of the case has, too. Facts are given in the order they came.
 */
export class Places {
  readonly #main: DefinitionBundle
  readonly #others: DefinitionSource
  readonly #known = new Map<Key, ProcessDefinition>()

  constructor(main: DefinitionBundle, others: DefinitionSource) {
    this.#main = main
    this.#others = others
  }

  /** The process of the next fact. */
  take(fact: Fact): ProcessDefinition {
    const value = fact.value as { readonly scopeKey?: Key; readonly elementInstanceKey?: Key }
    const around = this.#known.get(value.scopeKey ?? value.elementInstanceKey ?? fact.key) ?? this.#main.process
    const process = this.#known.get(fact.key) ?? calledBy(fact, this.#others) ?? around
    this.#known.set(fact.key, process)
    return process
  }
}

/** The process that begins with this fact, when it is the root of a called one. */
function calledBy(fact: Fact, others: DefinitionSource): ProcessDefinition | undefined {
  if (fact.kind !== 'element.activated') return undefined
  const { definitionKey } = (fact as Fact<'element.activated'>).value
  return definitionKey === undefined ? undefined : others.byKey(definitionKey)?.process
}
