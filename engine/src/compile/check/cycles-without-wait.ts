import type { FlowNode } from '../../model/definition.ts'
import { cycles } from '../../model/graph.ts'
import { at, type Check, named } from './check.ts'
import { restsIn } from './rests.ts'

/**
 * Refuses cycles of elements that all pass at once (quality E06): over flows and links, through sub-processes that hold
 * nothing that waits, and over what is thrown out of these to their boundary events.
 */
export const cyclesWithoutWait: Check = (subject, report) => {
  const rests = restsIn(subject)
  const automatic = subject.nodes.filter((node) => !rests(node))
  const targets = (node: FlowNode) => subject.targets(node).filter((target) => !rests(target) && happensAtOnce(target))
  for (const cycle of cycles(automatic, targets)) {
    const parts = cycle.toSorted((a, b) => a.index - b.index)
    const [first] = parts
    if (first) report.add(at(first), 'CYCLE_WITHOUT_WAIT', named(parts))
  }
}

/** Whether a node can follow without anything from outside: a timer or message of a boundary event is worth a wait. */
function happensAtOnce(node: FlowNode): boolean {
  if (node.type !== 'bpmn:BoundaryEvent') return true
  return node.own.trigger.kind === 'error' || node.own.trigger.kind === 'escalation'
}
