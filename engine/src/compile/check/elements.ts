import { checkNode } from '../../element/all.ts'
import { at, type Check } from './check.ts'

/** What each element asks of its surroundings (`check` of its behaviour). */
export const elements: Check = ({ process, nodes }, report) => {
  const flow = (id: string) => ({
    id,
    name: process.flows[id]?.name ?? null,
    targetId: process.flows[id]?.targetId ?? '',
    hasCondition: Boolean(process.flows[id]?.condition),
  })
  for (const node of nodes)
    checkNode(node, {
      nodes: process.nodes,
      flow,
      problem: (code, facts, severity) => report.add(at(node), code, facts, severity),
    })
}
