import type { FlowNode } from '../model/definition.ts'
import type { Report } from './report.ts'

/**
 * Refuses execution listeners where an element has no such moment (Zeebe: "Execution listeners", limitations): nobody
 * enters a start or boundary event, a gateway has chosen before it ends, an error end event is ended by what it throws,
 * and a compensation boundary event is only looked up.
 */
export function checkListeners(node: FlowNode, report: Report): void {
  for (const event of ['start', 'end'] as const) {
    const where = node.listeners[event].length > 0 ? refusedAt(node, event) : null
    if (where !== null)
      report.add({ id: node.id, name: node.name }, 'ELEMENT_NOT_EXECUTED', {
        type: `zeebe:executionListener ${event} at ${where}`,
      })
  }
}

function refusedAt(node: FlowNode, event: 'start' | 'end'): string | null {
  if (node.type === 'bpmn:BoundaryEvent' && node.own.trigger.kind === 'compensation')
    return 'a compensation boundary event'
  if (event === 'start') return node.type === 'bpmn:StartEvent' || node.type === 'bpmn:BoundaryEvent' ? node.type : null
  if (node.type === 'bpmn:EndEvent' && node.own.throws.kind === 'error') return 'an error end event'
  return node.type.endsWith('Gateway') ? node.type : null
}
