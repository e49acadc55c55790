import type { FlowNode, ProcessDefinition } from './definition.ts'

/** Where one can go from a node of a graph. */
export type Targets<T> = (node: T) => readonly T[]

/** Everything that can be come to from `roots`, the roots too. */
export function reached<T>(roots: Iterable<T>, targets: Targets<T>): Set<T> {
  const found = new Set(roots)
  const open = [...found]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const target of targets(node)) {
      if (found.has(target)) continue
      found.add(target)
      open.push(target)
    }
  return found
}

/** Strongly connected components (Tarjan), without recursion: models may be long. Each comes after those it leads to. */
export function components<T>(nodes: Iterable<T>, targets: Targets<T>): T[][] {
  const index = new Map<T, number>()
  const low = new Map<T, number>()
  const open: T[] = []
  const isOpen = new Set<T>()
  const found: T[][] = []
  const path: { readonly node: T; readonly next: Iterator<T> }[] = []
  const visit = (node: T) => {
    low.set(node, index.size)
    index.set(node, index.size)
    open.push(node)
    isOpen.add(node)
    path.push({ node, next: targets(node)[Symbol.iterator]() })
  }
  const lower = (node: T, to: number) => low.set(node, Math.min(low.get(node) ?? to, to))
  for (const root of nodes) {
    if (!index.has(root)) visit(root)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node } = top
      const { value: target, done } = top.next.next()
      if (!done) {
        if (!index.has(target)) visit(target)
        else if (isOpen.has(target)) lower(node, index.get(target) ?? 0)
        continue
      }
      path.pop()
      const parent = path.at(-1)?.node
      if (parent !== undefined) lower(parent, low.get(node) ?? 0)
      if (low.get(node) !== index.get(node)) continue
      const part = open.splice(open.lastIndexOf(node))
      for (const one of part) isOpen.delete(one)
      found.push(part)
    }
  }
  return found
}

/** The parts of a graph that one can go round in: components of several nodes, and nodes that lead to themselves. */
export function cycles<T>(nodes: Iterable<T>, targets: Targets<T>): T[][] {
  return components(nodes, targets).filter(
    (part) => part.length > 1 || part.some((node) => targets(node).includes(node)),
  )
}

/** Nodes by the scope they lie in. */
export function nodesByScope(nodes: Iterable<FlowNode>): ReadonlyMap<string, readonly FlowNode[]> {
  const scopes = new Map<string, FlowNode[]>()
  for (const node of nodes) {
    const beside = scopes.get(node.scopeId)
    if (beside) beside.push(node)
    else scopes.set(node.scopeId, [node])
  }
  return scopes
}

/**
 * Where a token goes on from a node of its scope: along its flows, over a link, and to the boundary events of an
 * activity. A compensation boundary event sends nobody on (BPMN 2.0 §10.7.3).
 */
export function tokenTargets({ nodes, flows }: Pick<ProcessDefinition, 'nodes' | 'flows'>): Targets<FlowNode> {
  const jumpOf = linkTargets(Object.values(nodes))
  const targets = new Map<FlowNode, readonly FlowNode[]>()
  for (const node of Object.values(nodes)) {
    const jump = jumpOf(node)
    const along = node.outgoing.flatMap((id) => nodes[flows[id]?.targetId ?? ''] ?? [])
    const boundary = node.boundary.flatMap((id) => nodes[id] ?? []).filter((one) => !isCompensation(one))
    targets.set(node, [...along, ...(jump ? [jump] : []), ...boundary])
  }
  return (node) => targets.get(node) ?? []
}

/** Where each link throw event leads: the catch event of its name in its scope; null for other nodes. */
export function linkTargets(nodes: readonly FlowNode[]): (node: FlowNode) => FlowNode | null {
  const caught = new Map<string, FlowNode>()
  for (const node of nodes)
    if (node.type === 'bpmn:IntermediateCatchEvent' && node.own.trigger.kind === 'link')
      caught.set(`${node.scopeId} ${node.own.trigger.name}`, node)
  return (node) => {
    const throws = node.type === 'bpmn:IntermediateThrowEvent' ? node.own.throws : null
    return (throws?.kind === 'link' && caught.get(`${node.scopeId} ${throws.name}`)) || null
  }
}

const isCompensation = (node: FlowNode): boolean =>
  node.type === 'bpmn:BoundaryEvent' && node.own.trigger.kind === 'compensation'

/** Where tokens come into being in a scope: its start events; in an ad-hoc sub-process whatever no flow leads to. */
export function rootsOf(scope: FlowNode | null, inside: readonly FlowNode[]): readonly FlowNode[] {
  if (scope?.type !== 'bpmn:AdHocSubProcess') return inside.filter((node) => node.type === 'bpmn:StartEvent')
  return inside.filter((node) => node.incoming.length === 0 && isInFlow(node) && node.type !== 'bpmn:BoundaryEvent')
}

/** Whether a node is entered by the flow of its scope: no event sub-process, no activity that undoes another. */
export const isInFlow = (node: FlowNode): boolean =>
  !node.isForCompensation && !isCompensation(node) && !(node.type === 'bpmn:SubProcess' && node.own.byEvent)
