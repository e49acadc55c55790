import type { FlowNode, ProcessDefinition } from '../../model/definition.ts'
import { at, type Check, isActivity, isByEvent } from './check.ts'

/**
 * An activity for compensation lies outside the flow and undoes some other one; an event names one that can be undone, in
 * its scope or, from an event sub-process, in the scope around (BPMN 2.0 §10.7.3; Zeebe: "Compensation events").
 */
export const compensationHandlers: Check = ({ nodes, process }, report) => {
  const used = new Set(nodes.flatMap(({ compensationHandler }) => compensationHandler ?? []))
  for (const node of nodes) {
    const namedId = namedBy(node)
    if (namedId !== null && !canUndo(process, node, process.nodes[namedId]))
      report.add(at(node), 'ELEMENT_NOT_EXECUTED', { type: `bpmn:CompensateEventDefinition activityRef ${namedId}` })
    if (!node.isForCompensation) continue
    if (node.incoming.length + node.outgoing.length > 0)
      report.add(at(node), 'ELEMENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow at an activity for compensation' })
    if (!used.has(node.id)) report.add(at(node), 'COMPENSATION_HANDLER', { count: 0 })
    if (!isActivity(node) || isByEvent(node))
      report.add(at(node), 'ELEMENT_NOT_EXECUTED', { type: `isForCompensation at ${node.type}` })
  }
}

/** The activity that a compensation throw or end event names. */
function namedBy({ own }: FlowNode): string | null {
  return 'throws' in own && own.throws.kind === 'compensation' ? own.throws.activityId : null
}

function canUndo({ nodes }: ProcessDefinition, event: FlowNode, named: FlowNode | undefined): boolean {
  if (!named || isByEvent(named)) return false
  if (named.compensationHandler === null && !/SubProcess$/.test(named.type)) return false
  let { scopeId } = event
  for (let scope = nodes[scopeId]; scopeId !== named.scopeId; scope = nodes[scopeId]) {
    if (!scope || !isByEvent(scope)) return false
    scopeId = scope.scopeId
  }
  return true
}
