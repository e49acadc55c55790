import type { FlowNode, ProcessDefinition } from '../../model/definition.ts'
import { checkListeners } from '../check-listeners.ts'
import { at, type Check, isActivity } from './check.ts'

const CATCHING = new Set<string>(['bpmn:BoundaryEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:StartEvent'])
const THROWING = new Set<string>(['bpmn:EndEvent', 'bpmn:IntermediateThrowEvent'])

/** Mappings, multi-instances, flows and listeners where they are not executed. */
export const positions: Check = ({ process, nodes }, report) => {
  for (const node of nodes) {
    for (const what of misplaced(node))
      report.add(at(node), 'ELEMENT_NOT_EXECUTED', { type: `${what} at ${node.type}` })
    if (node.type === 'bpmn:StartEvent' && node.incoming.length > 0)
      report.add(at(node), 'EVENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow to a start event' })
    if (node.type === 'bpmn:EndEvent' && node.outgoing.length > 0)
      report.add(at(node), 'EVENT_NOT_EXECUTED', { type: 'bpmn:SequenceFlow from an end event' })
    if (isForlorn(node, process)) report.add(at(node), 'ELEMENT_UNREACHED')
    checkListeners(node, report)
  }
}

function misplaced(node: FlowNode): string[] {
  const mapsIn = isActivity(node) || THROWING.has(node.type)
  const mapsOut = mapsIn || CATCHING.has(node.type)
  return [
    ...(node.inputs.length > 0 && !mapsIn ? ['zeebe:input'] : []),
    ...(node.outputs.length > 0 && !mapsOut ? ['zeebe:output'] : []),
    ...(node.multiInstance && !isActivity(node) ? ['multi-instance'] : []),
  ]
}

/** Whether no flow leads to an event that must have one (BPMN 2.0 §10.5.4); a link catch event is jumped to. */
function isForlorn(node: FlowNode, { nodes }: ProcessDefinition): boolean {
  if (node.incoming.length > 0 || nodes[node.scopeId]?.type === 'bpmn:AdHocSubProcess') return false
  if (node.type === 'bpmn:IntermediateCatchEvent') return node.own.trigger.kind !== 'link'
  return THROWING.has(node.type)
}
