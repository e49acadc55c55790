import { waitsAt } from '../../element/all.ts'
import type { FlowNode } from '../../model/definition.ts'
import type { Subject } from './check.ts'

/** Tells whether a token may rest in a node: it waits itself, or it is a sub-process that holds something that does. */
export function restsIn({ inside }: Subject): (node: FlowNode) => boolean {
  const known = new Map<FlowNode, boolean>()
  const rests = (node: FlowNode): boolean => {
    const before = known.get(node)
    if (before !== undefined) return before
    const found = waitsAt(node) || (node.type === 'bpmn:SubProcess' && inside(node.id).some(rests))
    known.set(node, found)
    return found
  }
  return rests
}
