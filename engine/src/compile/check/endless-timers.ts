import type { EventTrigger, FlowNode } from '../../model/definition.ts'
import { parseCycle } from '../../model/time.ts'
import { at, type Check, isByEvent } from './check.ts'

/** Timers beside an activity or scope that repeat without a number of times and without an end: `R/P1D`. */
export const endlessTimers: Check = ({ process, nodes }, report) => {
  for (const node of nodes) {
    const trigger = triggerOf(node)
    // The schedule of a process is meant to go on.
    if (node.type === 'bpmn:StartEvent' && !isByEventAt(process.nodes[node.scopeId])) continue
    if (trigger?.kind !== 'timer' || trigger.timer.kind !== 'cycle' || trigger.timer.expression.kind !== 'static')
      continue
    const cycle = parseCycle(trigger.timer.expression.source)
    if (cycle && cycle.times < 0 && cycle.end === null)
      report.add(at(node), 'TIMER_WITHOUT_END', { value: trigger.timer.expression.source }, 'warning')
  }
}

const isByEventAt = (scope: FlowNode | undefined): boolean => scope !== undefined && isByEvent(scope)

const triggerOf = (node: FlowNode): EventTrigger | null =>
  node.type === 'bpmn:BoundaryEvent' || node.type === 'bpmn:StartEvent' ? node.own.trigger : null
