import { Concurrency, isJoin } from '../../model/concurrency.ts'
import type { FlowNode } from '../../model/definition.ts'
import { reached, rootsOf } from '../../model/graph.ts'
import { at, type Check, named, type Subject } from './check.ts'

/** Scopes with more nodes are left aside: the relation grows with the square of them. */
const MOST_NODES = 500

/**
 * Parallel joins that never fill: a token can come to each of their flows, but to two of them never in the same run, as
 * after an exclusive choice or from different starts; or one of their flows comes only out of the join itself.
 */
export const joins: Check = (subject, report) => {
  const { process } = subject
  for (const scopeId of Object.keys(process.scopes)) {
    const inside = subject.inside(scopeId)
    const inScope = inside.filter(isJoin)
    if (inScope.length === 0 || inside.length > MOST_NODES) continue
    const scope = process.nodes[scopeId] ?? null
    const together = new Concurrency(process, inside, rootsOf(scope, inside), scope?.type === 'bpmn:AdHocSubProcess')
    for (const join of inScope)
      if (!together.isLive(join.id) && isToBlame(join, together, subject))
        report.add(at(join), 'JOIN_NEVER_FILLS', named(sourcesOf(join, subject)), 'warning')
  }
}

/** Whether a join that never fills is itself the reason, and not one before it, or a missing flow. */
function isToBlame(join: FlowNode, together: Concurrency, subject: Subject): boolean {
  const dead = join.incoming.filter((id) => !together.isLive(id))
  if (dead.length === join.incoming.length) return false
  const after = reached(subject.targets(join), subject.targets)
  const sources = dead.flatMap((id) => subject.process.nodes[subject.process.flows[id]?.sourceId ?? ''] ?? [])
  return sources.every((source) => source === join || after.has(source))
}

function sourcesOf(join: FlowNode, { process }: Subject): FlowNode[] {
  return [...new Set(join.incoming.flatMap((id) => process.nodes[process.flows[id]?.sourceId ?? ''] ?? []))]
}
