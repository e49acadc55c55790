import { checkNode, elements } from '../element/all.ts'
import type { FlowNode, ProcessDefinition } from '../model/definition.ts'
import type { Report } from './report.ts'

/** Checks that need the whole process: each element's own, gateways' defaults, and cycles that never wait. */
export function checkProcess(process: ProcessDefinition, report: Report): void {
  for (const node of Object.values(process.nodes)) {
    const place = { id: node.id, name: node.name }
    checkNode(node, {
      nodes: process.nodes,
      flow: (id) => ({
        id,
        name: process.flows[id]?.name ?? null,
        hasCondition: Boolean(process.flows[id]?.condition),
      }),
      problem: (code, facts, severity) => report.add(place, code, facts, severity),
    })
    checkPosition(node, report)
  }
  for (const cycle of cyclesWithoutWait(process)) {
    const [first] = cycle
    report.add({ id: first?.id ?? null, name: first?.name ?? null }, 'CYCLE_WITHOUT_WAIT', {
      elements: cycle.map((node) => node.name ?? node.id),
    })
  }
}

const MAPPED = /Task$|^bpmn:SubProcess$/

function checkPosition(node: FlowNode, report: Report): void {
  const place = { id: node.id, name: node.name }
  const isActivity = MAPPED.test(node.type)
  const isCatching =
    node.type === 'bpmn:BoundaryEvent' || node.type === 'bpmn:IntermediateCatchEvent' || node.type === 'bpmn:StartEvent'
  const isEvent = isCatching || node.type === 'bpmn:EndEvent'
  if (node.inputs.length > 0 && !isActivity)
    report.add(place, 'ELEMENT_NOT_EXECUTED', { type: `zeebe:input at ${node.type}` })
  // All none events may map outputs, end events too (Camunda 8 docs, "None events", since 8.2).
  const mapsOut = isActivity || isCatching || (node.type === 'bpmn:EndEvent' && node.own.kind === 'none')
  if (node.outputs.length > 0 && !mapsOut)
    report.add(place, 'ELEMENT_NOT_EXECUTED', { type: `zeebe:output at ${node.type}` })
  if (node.multiInstance && !isActivity)
    report.add(place, 'ELEMENT_NOT_EXECUTED', { type: `multi-instance at ${node.type}` })
  if (node.type === 'bpmn:StartEvent' && node.incoming.length > 0)
    report.add(place, 'EVENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow to a start event' })
  if (node.type === 'bpmn:EndEvent' && node.outgoing.length > 0)
    report.add(place, 'EVENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow from an end event' })
  const entered = node.incoming.length > 0 || node.type === 'bpmn:StartEvent' || node.type === 'bpmn:BoundaryEvent'
  if (!entered && !(node.type === 'bpmn:SubProcess' && node.own.byEvent))
    report.add(
      place,
      'MODEL_WARNING',
      { message: `no sequence flow leads to ${node.id}` },
      isEvent ? 'error' : 'warning',
    )
}

/** Whether a token is sure to rest in this node: it waits itself, or it is a sub-process that holds something that does. */
function rests(process: ProcessDefinition, node: FlowNode): boolean {
  if (elements[node.type].waits) return true
  if (node.type !== 'bpmn:SubProcess') return false
  return Object.values(process.nodes).some((inner) => inner.scopeId === node.id && rests(process, inner))
}

/** Cycles of elements that all pass at once (quality E06): strongly connected parts without a wait. */
function cyclesWithoutWait(process: ProcessDefinition): FlowNode[][] {
  const automatic = new Map(
    Object.values(process.nodes)
      .filter((node) => !rests(process, node))
      .map((node) => [node.id, node]),
  )
  const targets = (node: FlowNode) =>
    node.outgoing.flatMap((id) => automatic.get(process.flows[id]?.targetId ?? '') ?? [])
  return components([...automatic.values()], targets).filter(
    (part) => part.length > 1 || (part[0] !== undefined && targets(part[0]).includes(part[0])),
  )
}

/** Strongly connected components (Tarjan), without recursion: models may be long. */
function components(nodes: readonly FlowNode[], targets: (node: FlowNode) => readonly FlowNode[]): FlowNode[][] {
  const index = new Map<FlowNode, number>()
  const low = new Map<FlowNode, number>()
  const open: FlowNode[] = []
  const found: FlowNode[][] = []
  for (const root of nodes) {
    if (index.has(root)) continue
    const path: { node: FlowNode; rest: FlowNode[] }[] = []
    const visit = (node: FlowNode) => {
      index.set(node, index.size)
      low.set(node, index.size - 1)
      open.push(node)
      path.push({ node, rest: [...targets(node)] })
    }
    visit(root)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node, rest } = top
      const target = rest.shift()
      if (target && !index.has(target)) visit(target)
      else if (target) {
        if (open.includes(target)) low.set(node, Math.min(low.get(node) ?? 0, index.get(target) ?? 0))
      } else {
        path.pop()
        const parent = path.at(-1)?.node
        if (parent) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0))
        if (low.get(node) === index.get(node)) found.push(open.splice(open.indexOf(node)))
      }
    }
  }
  return found
}
