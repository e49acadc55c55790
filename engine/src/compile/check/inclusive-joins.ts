import type { FlowNode } from '../../model/definition.ts'
import { reachOf } from '../../model/reachability.ts'
import { at, type Check, named, type Subject } from './check.ts'

/**
 * Inclusive joins in a loop that may wait for each other: a token at either can still come to a flow of the other that
 * is empty, and not to the one where a token waits (BPMN 2.0 Table 13.3).
 */
export const inclusiveJoins: Check = (subject, report) => {
  const all = subject.nodes.filter((node) => node.type === 'bpmn:InclusiveGateway' && node.incoming.length > 1)
  for (const [index, join] of all.entries()) {
    const others = all
      .slice(index + 1)
      .filter((other) => other.scopeId === join.scopeId)
      .filter((other) => holdsUp(other, join, subject) && holdsUp(join, other, subject))
    if (others.length > 0) report.add(at(join), 'INCLUSIVE_JOINS_WAIT', named([join, ...others]), 'warning')
  }
}

/** Whether a token that waits at `other` can keep `join` waiting. */
function holdsUp(other: FlowNode, join: FlowNode, { process }: Subject): boolean {
  const reach = reachOf(process, join)
  const comes = join.incoming.filter((flowId) => reach.has(flowId, other))
  return comes.length > 0 && comes.length < join.incoming.length
}
