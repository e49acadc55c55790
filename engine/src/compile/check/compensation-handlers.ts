import { at, type Check, isActivity, isByEvent } from './check.ts'

/** An activity for compensation lies outside the flow and undoes some other one (BPMN 2.0 §10.7.3). */
export const compensationHandlers: Check = ({ nodes }, report) => {
  const used = new Set(nodes.flatMap(({ compensationHandler }) => compensationHandler ?? []))
  for (const node of nodes) {
    if (!node.isForCompensation) continue
    if (node.incoming.length + node.outgoing.length > 0)
      report.add(at(node), 'ELEMENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow at an activity for compensation' })
    if (!used.has(node.id)) report.add(at(node), 'COMPENSATION_HANDLER', { count: 0 })
    if (!isActivity(node) || isByEvent(node))
      report.add(at(node), 'ELEMENT_NOT_EXECUTED', { type: `isForCompensation at ${node.type}` })
  }
}
