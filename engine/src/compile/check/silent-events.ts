import type { FlowNode, TriggerKind } from '../../model/definition.ts'
import { at, type Check, isActivity, isByEvent } from './check.ts'
import { restsIn } from './rests.ts'
import { boundaryOf, isCaught, rivalsOf, thrownIn } from './thrown.ts'

/**
 * Boundary events and event sub-processes that never begin: at an activity or in a scope that is left at once, or for
 * an error or escalation that nothing inside throws.
 */
export const silentEvents: Check = (subject, report) => {
  const { process, nodes, inside } = subject
  const tell = (node: FlowNode, cause: 'passes' | 'error' | 'escalation') =>
    report.add(at(node), 'EVENT_NEVER_HAPPENS', { cause }, 'warning')
  const thrown = { error: thrownIn(subject, 'error'), escalation: thrownIn(subject, 'escalation') }
  const rests = restsIn(subject)
  // In a sub-process a condition is looked at before each element begins.
  const passesAtOnce = (host: FlowNode, kind: TriggerKind) =>
    isActivity(host) &&
    host.multiInstance === null &&
    !rests(host) &&
    !(host.type === 'bpmn:SubProcess' && kind === 'conditional')
  for (const host of nodes)
    for (const event of boundaryOf(host, process)) {
      if (event.type !== 'bpmn:BoundaryEvent') continue
      const { kind } = event.own.trigger
      if (kind === 'compensation') continue
      if (kind === 'error' || kind === 'escalation') {
        const codes = thrown[kind].atBoundary(host)
        if (!isCaught(event, codes, boundaryOf(host, process), kind)) tell(event, kind)
      } else if (passesAtOnce(host, kind)) tell(event, 'passes')
    }
  for (const handler of nodes.filter(isByEvent)) {
    const start = inside(handler.id).find((node) => node.type === 'bpmn:StartEvent')
    if (start?.type !== 'bpmn:StartEvent' || !start.own.trigger) continue
    const { kind } = start.own.trigger
    const beside = inside(handler.scopeId).filter((node) => node !== handler)
    if (kind === 'error' || kind === 'escalation') {
      const starts = [handler, ...beside].filter(isByEvent).flatMap((one) => inside(one.id))
      const scope = process.nodes[handler.scopeId]
      const rivals = scope ? rivalsOf(scope, process) : []
      if (!isCaught(start, thrown[kind].inScopeOf(handler), [...starts.filter(isStart), ...rivals], kind))
        tell(start, kind)
    } else if (kind !== 'conditional' && !beside.some((node) => !isByEvent(node) && rests(node))) tell(start, 'passes')
  }
}

const isStart = (node: FlowNode): boolean => node.type === 'bpmn:StartEvent'
