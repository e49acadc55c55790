import type { DefinitionBundle, FlowNode } from '../model/definition.ts'
import type { Fact, Key } from '../record/record.ts'
import { bundleFor } from './random-moves.ts'

interface Entry {
  readonly elementId: string
  readonly elementType: string
  readonly scopeKey: Key | null
  readonly definitionKey: Key | null
  readonly loopCounter: number | null
  end: 'completed' | 'terminated' | null
  /** Flows taken when it was left, as facts say. */
  taken: number
  /** It was left in the step at hand. */
  isFresh: boolean
}

interface Token {
  readonly flowId: string
  readonly targetId: string
  readonly scopeKey: Key
  readonly source: Key
}

/** Facts that begin something with a key of its own, by noun; its further facts are of that noun. */
const BEGINS = /^(timer|job|incident|\w+Subscription)\.created$/
const ENDS = new Set([
  ...['timer.triggered', 'timer.canceled', 'job.completed', 'job.canceled', 'incident.resolved'],
  ...['messageSubscription.deleted', 'signalSubscription.deleted', 'conditionalSubscription.deleted'],
  ...['compensationSubscription.completed', 'compensationSubscription.deleted'],
  ...['userTask.completed', 'userTask.canceled'],
])

/**
 * The books of a case, kept from its facts alone and independent of the state: what was begun is ended once, every flow
 * that was taken leads to one activation or one arrival at a join, every arrival is used once, and every activation has
 * a reason. `post` throws with the rule in words when one does not hold.
 */
export class Ledger {
  readonly elements = new Map<Key, Entry>()
  readonly #things = new Map<Key, 'open' | 'ended'>()
  readonly #bundle: DefinitionBundle
  #tokens: Token[] = []
  #arrivals: (Token & { readonly elementId: string })[] = []
  #links: { readonly source: Key; readonly name: string; readonly scopeKey: Key }[] = []
  #handlers = new Set<Key>()
  readonly #modifications = new Set<Key>()
  #lastKey: Key
  #isEnded = false

  constructor(bundle: DefinitionBundle, lastKey: Key) {
    this.#bundle = bundle
    this.#lastKey = lastKey
  }

  /** Enters the facts of one step. */
  post(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (this.#isEnded) fail('nothing follows the end of a case', fact)
      this.#count(fact)
      this.#note(fact)
    }
    for (const [key, entry] of this.elements) {
      if (!entry.isFresh) continue
      this.#judgeTaken(key, entry)
      entry.isFresh = false
    }
    const lost = this.#tokens.filter((one) => this.#isLive(one.scopeKey))
    if (lost.length > 0 && !this.#isEnded) fail('a flow that is taken leads to an activation or an arrival', lost)
    if (this.#links.some((one) => this.#isLive(one.scopeKey)) && !this.#isEnded)
      fail('a link that is thrown leads to its catch event', this.#links)
    if (this.#handlers.size > 0) fail('a handler for compensation is named by what it undoes', [...this.#handlers])
    this.#tokens = []
    this.#links = []
  }

  /** Keys of all elements that have begun and not ended. */
  live(): Key[] {
    return [...this.elements].filter(([, one]) => one.end === null).map(([key]) => key)
  }

  /** Tokens that wait at joins of a scope that lives. */
  waiting(): number {
    return this.#arrivals.filter((one) => this.#isLive(one.scopeKey)).length
  }

  /** Keys grow and never repeat; what has ended says no more. */
  #count({ kind, key, ...fact }: Fact): void {
    const isNew =
      BEGINS.test(kind) ||
      kind === 'element.activated' ||
      kind === 'processInstance.created' ||
      kind === 'signal.broadcast' ||
      kind === 'processInstance.modified' ||
      kind === 'decision.evaluated' ||
      (kind.startsWith('userTask.') && !this.#things.has(key))
    if (isNew) {
      if (key <= this.#lastKey) fail(`KE1 keys grow: ${key} after ${this.#lastKey}`, { kind, key, ...fact })
      this.#lastKey = key
      this.#things.set(key, 'open')
    }
    if (this.#things.get(key) === 'ended') fail('LC3 what has ended says no more', { kind, key, ...fact })
    if (!this.#things.has(key)) fail('what a fact is about has begun', { kind, key, ...fact })
    if (ENDS.has(kind) || ('closed' in fact.value && fact.value.closed === true)) this.#things.set(key, 'ended')
  }

  #note(fact: Fact): void {
    switch (fact.kind) {
      case 'processInstance.created': {
        const { processId: elementId } = fact.value
        this.#begin(fact.key, {
          elementId,
          elementType: 'bpmn:Process',
          scopeKey: null,
          definitionKey: null,
          loopCounter: null,
        })
        return
      }
      case 'processInstance.completed':
      case 'processInstance.terminated':
        if (this.live().length > 1) fail('a case that has ended holds nothing', fact)
        this.#isEnded = true
        return
      case 'processInstance.modified':
        this.#modifications.add(fact.key)
        return
      case 'element.activated':
        this.#activate(fact)
        return
      case 'element.completed':
      case 'element.terminated':
        this.#end(fact)
        return
      case 'sequenceFlow.taken': {
        const { flowId, targetId, scopeKey, source } = fact.value
        const entry = this.#entry(source)
        if (entry.end !== 'completed') fail('a flow leaves what has completed', fact)
        entry.taken += 1
        this.#tokens.push({ flowId, targetId, scopeKey, source })
        return
      }
      case 'join.arrived': {
        const { elementId, flowId, scopeKey, source } = fact.value
        const token = this.#take((one) => one.flowId === flowId && one.source === source && one.targetId === elementId)
        if (!token) fail('what arrives at a join came over a flow', fact)
        this.#arrivals.push({ flowId, scopeKey, source, targetId: elementId, elementId })
        return
      }
      case 'scope.interrupted':
        this.#drop(fact.key)
        return
      case 'compensationSubscription.triggered':
        if (fact.value.handlerKey !== null) this.#handlers.delete(fact.value.handlerKey)
        return
      default:
        return
    }
  }

  #activate(fact: Fact<'element.activated'>): void {
    const { key, value } = fact
    const { elementId, elementType, scopeKey, causes, loopCounter } = value
    const scope = this.#entry(scopeKey)
    if (scope.end !== null) fail('SC1 an element begins in a scope that lives', fact)
    const definitionKey = value.definitionKey ?? scope.definitionKey
    this.#begin(key, { elementId, elementType, scopeKey, definitionKey, loopCounter })
    if (causes.some((one) => this.#modifications.has(one))) {
      this.#useArrivals(elementId, scopeKey)
      return
    }
    const [cause = 0] = causes
    const node = bundleFor(this.#bundle, { definitionKey }).process.nodes[elementId]
    const isChild =
      loopCounter !== null || elementType === 'bpmn:Process' || elementType === 'adHocSubProcessInnerInstance'
    if (isChild || this.elements.get(scopeKey)?.elementType === 'adHocSubProcessInnerInstance') {
      if (cause === scopeKey) return
      if (isChild) fail('an item, an activation or a called process comes from around it', fact)
    }
    if (!node) fail('ST3 what is activated is in the drawing', fact)
    if (node.isForCompensation) {
      this.#handlers.add(key)
      return
    }
    if (node.type === 'bpmn:StartEvent' || (node.type === 'bpmn:SubProcess' && node.own.byEvent)) {
      if (cause !== scopeKey) fail('a start event and an event sub-process come from their scope', fact)
      return
    }
    if (node.type === 'bpmn:BoundaryEvent') {
      const host = this.elements.get(cause)
      const isHost = host?.elementId === node.own.attachedTo && host.scopeKey === scopeKey
      if (!isHost || (host.end === null) !== !node.own.interrupting)
        fail('EV2 EV7 a boundary event comes from its activity, which it ends when it interrupts', fact)
      return
    }
    const link = this.#links.findIndex((one) => one.source === cause && one.scopeKey === scopeKey)
    if (link >= 0 && node.type === 'bpmn:IntermediateCatchEvent' && node.own.trigger.kind === 'link') {
      this.#links.splice(link, 1)
      return
    }
    if (this.#arrive(node, scopeKey, causes)) return
    const token = this.#take((one) => one.targetId === elementId && one.scopeKey === scopeKey && one.source === cause)
    if (!token || causes.length !== 1) fail('an element that is activated has a reason', fact)
  }

  /** An operator has activated it: one token of each flow that waits there is used. */
  #useArrivals(elementId: string, scopeKey: Key): void {
    const used = new Set<string>()
    this.#arrivals = this.#arrivals.filter((one) => {
      if (one.elementId !== elementId || one.scopeKey !== scopeKey || used.has(one.flowId)) return true
      used.add(one.flowId)
      return false
    })
  }

  /** Uses up one arrival of each cause at a join; gives whether it is one. */
  #arrive(node: FlowNode, scopeKey: Key, causes: readonly Key[]): boolean {
    const joins = /Parallel|Inclusive/.test(node.type) && node.incoming.length > 1
    if (!joins) return false
    const used = new Set<string>()
    for (const cause of causes) {
      const index = this.#arrivals.findIndex(
        (one) =>
          one.elementId === node.id && one.scopeKey === scopeKey && one.source === cause && !used.has(one.flowId),
      )
      const [arrival] = index < 0 ? [] : this.#arrivals.splice(index, 1)
      if (!arrival) fail('a join goes on with tokens that have arrived', { node: node.id, causes })
      used.add(arrival.flowId)
    }
    if (node.type === 'bpmn:ParallelGateway' && used.size !== node.incoming.length)
      fail('PG1 a parallel join uses one token of every flow', { node: node.id, causes })
    return true
  }

  #end({ kind, key, value }: Fact<'element.completed' | 'element.terminated'>): void {
    const entry = this.#entry(key)
    if (entry.end !== null) fail('an element ends once', { kind, key, value })
    if (this.live().some((one) => this.elements.get(one)?.scopeKey === key))
      fail('SC1 a scope ends when nothing in it lives', { kind, key, value })
    if (kind === 'element.completed' && this.#arrivals.some((one) => one.scopeKey === key))
      fail('SC1 a scope completes when no token waits in it', { kind, key, value })
    if (kind === 'element.completed' && this.#tokens.some((one) => one.scopeKey === key))
      fail('SC1 a scope completes when no token is under way in it', { kind, key, value })
    entry.end = kind === 'element.completed' ? 'completed' : 'terminated'
    entry.isFresh = true
    this.#drop(key)
    const node = bundleFor(this.#bundle, entry).process.nodes[entry.elementId]
    const name = node && entry.end === 'completed' ? linkOf(node) : null
    if (name !== null && entry.scopeKey !== null) this.#links.push({ source: key, name, scopeKey: entry.scopeKey })
  }

  /** How many flows an element that has ended has taken. */
  #judgeTaken(key: Key, entry: Entry): void {
    const node = bundleFor(this.#bundle, entry).process.nodes[entry.elementId]
    const isInner =
      entry.loopCounter !== null || entry.elementType === 'adHocSubProcessInnerInstance' || entry.scopeKey === null
    if (!node || entry.elementType === 'bpmn:Process' || isInner || entry.end === 'terminated') {
      if (entry.taken > 0) fail('what was terminated, an item and an activation take no flow', { key, ...entry })
      return
    }
    const all = node.outgoing.length
    const chooses = node.type === 'bpmn:ExclusiveGateway' || node.type === 'bpmn:EventBasedGateway'
    const fits =
      node.type === 'bpmn:InclusiveGateway' && all > 0
        ? entry.taken >= 1 && entry.taken <= all
        : entry.taken === (chooses ? Math.min(1, all) : all)
    if (!fits) fail('an element that completes takes all its flows, or those its gateway chooses', { key, ...entry })
  }

  #begin(key: Key, given: Omit<Entry, 'end' | 'taken' | 'isFresh'>): void {
    if (this.elements.has(key)) fail('an element begins once', { key, ...given })
    this.elements.set(key, { ...given, end: null, taken: 0, isFresh: false })
  }

  #drop(scopeKey: Key): void {
    this.#tokens = this.#tokens.filter((one) => one.scopeKey !== scopeKey)
    this.#arrivals = this.#arrivals.filter((one) => one.scopeKey !== scopeKey)
    this.#links = this.#links.filter((one) => one.scopeKey !== scopeKey)
  }

  #take(fits: (token: Token) => boolean): Token | null {
    const index = this.#tokens.findIndex(fits)
    return index < 0 ? null : (this.#tokens.splice(index, 1)[0] ?? null)
  }

  #entry(key: Key): Entry {
    return this.elements.get(key) ?? fail('an element instance that a fact names has begun', { key })
  }

  #isLive(key: Key): boolean {
    return this.elements.get(key)?.end === null
  }
}

/** The link a node throws; null when it throws none. */
function linkOf({ type, own }: FlowNode): string | null {
  return type === 'bpmn:IntermediateThrowEvent' && own.throws.kind === 'link' ? own.throws.name : null
}

function fail(rule: string, about: unknown): never {
  throw new Error(`${rule}: ${JSON.stringify(about)}`)
}
