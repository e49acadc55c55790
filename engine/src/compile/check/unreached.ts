import type { FlowNode } from '../../model/definition.ts'
import { components, isInFlow, reached, rootsOf } from '../../model/graph.ts'
import { at, type Check, type Subject } from './check.ts'

/** Elements that no token comes to from the start of their scope. Told where the unreached part begins. */
export const unreached: Check = (subject, report) => {
  const { process } = subject
  for (const scopeId of Object.keys(process.scopes)) {
    const inside = subject.inside(scopeId)
    const found = reached(rootsOf(process.nodes[scopeId] ?? null, inside), subject.targets)
    const lost = inside.filter((node) => !found.has(node) && isInFlow(node))
    for (const node of beginnings(lost, subject)) report.add(at(node), 'ELEMENT_UNREACHED', {}, 'warning')
  }
}

/** Of parts that lead to each other the first: those that no other lost part leads to. */
function beginnings(lost: readonly FlowNode[], { targets }: Subject): FlowNode[] {
  const among = new Set(lost)
  const inner = (node: FlowNode) => targets(node).filter((target) => among.has(target))
  const parts = components(lost, inner)
  const partOf = new Map(parts.flatMap((part) => part.map((node) => [node, part])))
  const entered = new Set(
    lost.flatMap((node) => inner(node).flatMap((target) => (partOf.get(target) === partOf.get(node) ? [] : [target]))),
  )
  return parts
    .filter((part) => !part.some((node) => entered.has(node)))
    .map((part) => part.reduce((a, b) => (a.index < b.index ? a : b)))
    .sort((a, b) => a.index - b.index)
}
