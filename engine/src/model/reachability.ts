import type { FlowNode, ProcessDefinition } from './definition.ts'

/** A set of nodes of one process, by their index. */
type Nodes = Uint32Array

/** What can still send a token to each incoming flow of a join, by a path that does not visit the join. */
class Reach {
  readonly #byFlow: ReadonlyMap<string, Nodes>

  constructor(byFlow: ReadonlyMap<string, Nodes>) {
    this.#byFlow = byFlow
  }

  /** Whether a token at `node` can come to the join over `flowId`. */
  has(flowId: string, node: FlowNode): boolean {
    const nodes = this.#byFlow.get(flowId)
    return nodes !== undefined && ((nodes[node.index >>> 5] ?? 0) & (1 << (node.index & 31))) !== 0
  }
}

const known = new WeakMap<ProcessDefinition, Map<string, Reach>>()

/** The reach of a join: worked out when it is first asked for, kept as long as the definition (BPMN 2.0 Table 13.3). */
export function reachOf(process: ProcessDefinition, join: FlowNode): Reach {
  const joins = known.get(process) ?? new Map<string, Reach>()
  known.set(process, joins)
  const reach = joins.get(join.id) ?? new Reach(new Map(join.incoming.map((id) => [id, before(process, join, id)])))
  joins.set(join.id, reach)
  return reach
}

/** The nodes from which a path leads to a flow into `join`, backwards from its source; the join itself ends a path. */
function before(process: ProcessDefinition, join: FlowNode, flowId: string): Nodes {
  const nodes = new Uint32Array((Object.keys(process.nodes).length >>> 5) + 1)
  const open = [process.flows[flowId]?.sourceId ?? '']
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = process.nodes[id]
    if (!node) continue
    const [word, bit] = [node.index >>> 5, 1 << (node.index & 31)]
    if (((nodes[word] ?? 0) & bit) !== 0) continue
    nodes[word] = (nodes[word] ?? 0) | bit
    if (node !== join) open.push(...predecessors(process, node))
  }
  return nodes
}

/**
 * Where a token can come from: along flows, out of the activity of a boundary event, over a link. A handler for
 * compensation is outside the flow.
 */
function predecessors(process: ProcessDefinition, node: FlowNode): readonly string[] {
  const sources = node.incoming.map((id) => process.flows[id]?.sourceId ?? '')
  if (node.type === 'bpmn:BoundaryEvent' && node.own.trigger.kind !== 'compensation') return [node.own.attachedTo]
  if (node.type !== 'bpmn:IntermediateCatchEvent' || node.own.trigger.kind !== 'link') return sources
  const { name } = node.own.trigger
  const throws = Object.values(process.nodes).filter(
    (one) =>
      one.type === 'bpmn:IntermediateThrowEvent' &&
      one.scopeId === node.scopeId &&
      one.own.throws.kind === 'link' &&
      one.own.throws.name === name,
  )
  return [...sources, ...throws.map((one) => one.id)]
}
