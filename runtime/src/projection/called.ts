import type { Fact, Key, State } from '@bihuan/engine'

/** The definition of a called process, and its id. */
interface CalledProcess {
  readonly definitionKey: Key
  readonly processId: string
}

/**
 * Which live element instances, and which open message subscriptions, stand in called processes, and in which: facts name
 * it only where a call begins. Told of every fact in order, it knows of each scope what it belongs to.
 */
export class Called {
  readonly #processes = new Map<Key, CalledProcess>()

  /** What a saved state says of its live element instances and open subscriptions. */
  static of(state: State): Called {
    const called = new Called()
    // A scope stands before what is in it.
    for (const { key, definitionKey, elementId, elementType, scopeKey } of state.elements.values()) {
      const begins = elementType === 'bpmn:Process' && definitionKey !== null
      if (begins) called.#processes.set(key, { definitionKey, processId: elementId })
      else called.#place(key, scopeKey ?? 0)
    }
    for (const { kind, key, elementInstanceKey } of state.subscriptions.values())
      if (kind === 'message') called.#place(key, elementInstanceKey)
    return called
  }

  /** The definition of an element instance in a called process; null for one of the case's own. */
  definitionOf(elementInstanceKey: Key): Key | null {
    return this.#processes.get(elementInstanceKey)?.definitionKey ?? null
  }

  /** The id of the called process that an element instance or message subscription stands in; null for the case's own. */
  processIdOf(key: Key): string | null {
    return this.#processes.get(key)?.processId ?? null
  }

  /** Before a fact is projected: what begins belongs where its scope does. */
  begin({ kind, key, value }: Fact): void {
    if (kind === 'element.activated') {
      const { definitionKey, elementId, scopeKey } = value
      if (definitionKey === undefined) this.#place(key, scopeKey)
      else this.#processes.set(key, { definitionKey, processId: elementId })
    } else if (kind === 'messageSubscription.created') this.#place(key, value.elementInstanceKey)
  }

  /** After it: what has ended is asked for no more. */
  end({ kind, key, value }: Fact): void {
    const isOver =
      kind === 'element.completed' ||
      kind === 'element.terminated' ||
      kind === 'messageSubscription.deleted' ||
      (kind === 'messageSubscription.correlated' && value.closed)
    if (isOver) this.#processes.delete(key)
  }

  #place(key: Key, scopeKey: Key): void {
    const process = this.#processes.get(scopeKey)
    if (process) this.#processes.set(key, process)
  }
}
