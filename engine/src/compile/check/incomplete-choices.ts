import { at, type Check } from './check.ts'
import { isComplete } from './complete-choice.ts'

/** Gateways that may find no flow to take: every flow has a condition, none is the default, and all can be false. */
export const incompleteChoices: Check = ({ process, nodes }, report) => {
  for (const node of nodes) {
    if (node.type !== 'bpmn:ExclusiveGateway' && node.type !== 'bpmn:InclusiveGateway') continue
    const conditions = node.outgoing.map((id) => process.flows[id]?.condition?.source)
    const sources = conditions.filter((source) => source !== undefined)
    // A flow without a condition is told of as such.
    if (node.own.defaultFlow !== null || sources.length < 2 || sources.length < conditions.length) continue
    if (!isComplete(sources)) report.add(at(node), 'CHOICE_INCOMPLETE', {}, 'warning')
  }
}
