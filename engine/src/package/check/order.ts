import type { FlowNode, ProcessDefinition } from '../../model/definition.ts'
import { nodesByScope, reached, type Targets, tokenTargets } from '../../model/graph.ts'

/** In which order the elements of a process can come. */
export class Order {
  readonly #process: ProcessDefinition
  readonly #inside: ReadonlyMap<string, readonly FlowNode[]>
  readonly #targets: Targets<FlowNode>
  readonly #after = new Map<FlowNode, Set<FlowNode>>()
  readonly #without = new Map<FlowNode, Set<FlowNode>>()

  constructor(process: ProcessDefinition) {
    this.#process = process
    this.#inside = nodesByScope(Object.values(process.nodes))
    this.#targets = tokenTargets(process)
  }

  /**
   * Whether `first` can have done its work before `then` begins. False only when it is sure: every path to `first` leads
   * through `then`, and none leads back.
   */
  canPrecede(first: FlowNode, then: FlowNode): boolean {
    const [outer, inner] = [this.#chain(first), this.#chain(then)]
    const a = outer.find((one) => inner.some(({ scopeId }) => scopeId === one.scopeId))
    const b = inner.find((one) => one.scopeId === a?.scopeId)
    if (!a || !b || isBeside(a) || isBeside(b)) return true
    if (outer.slice(outer.indexOf(a) + 1).some((scope) => isBeside(scope) || this.#repeats(scope))) return true
    // What lies around the reader has begun before it; the reader itself, and what lies in it, come to an end after.
    if (a === b) return this.#repeats(b) || then !== b
    return this.#afterNode(a).has(b) || !this.#afterNode(b).has(a) || this.#reachedWithout(b).has(a)
  }

  /** The node and the scopes around it, inside out. */
  #chain(node: FlowNode): FlowNode[] {
    const chain: FlowNode[] = []
    for (let at: FlowNode | undefined = node; at; at = this.#process.nodes[at.scopeId]) chain.push(at)
    return chain
  }

  #repeats(node: FlowNode): boolean {
    return node.multiInstance !== null || this.#afterNode(node).has(node)
  }

  #afterNode(node: FlowNode): Set<FlowNode> {
    return remember(this.#after, node, () => reached(this.#targets(node), this.#targets))
  }

  /** What can be come to without passing the node; boundary events happen whenever they do. */
  #reachedWithout(node: FlowNode): Set<FlowNode> {
    return remember(this.#without, node, () => {
      const inside = this.#inside.get(node.scopeId) ?? []
      const roots = inside.filter(
        (one) => one !== node && (one.incoming.length === 0 || one.type === 'bpmn:BoundaryEvent'),
      )
      const linked = new Set(inside.flatMap((one) => this.#targets(one)))
      return reached(
        roots.filter((one) => !linked.has(one) || one.type === 'bpmn:BoundaryEvent'),
        (one) => this.#targets(one).filter((target) => target !== node),
      )
    })
  }
}

/** Whether a node comes beside the flow of its scope, whenever it does. */
const isBeside = (node: FlowNode): boolean =>
  node.isForCompensation ||
  node.type === 'bpmn:AdHocSubProcess' ||
  (node.type === 'bpmn:SubProcess' && node.own.byEvent)

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
