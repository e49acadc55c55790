import type { FlowNode, ProcessDefinition } from './definition.ts'
import type { EventTrigger } from './event.ts'

/** An event that something waits for, as it is drawn. */
export interface DrawnEvent {
  readonly elementId: string
  readonly trigger: EventTrigger
  readonly interrupting: boolean
}

type Nodes = Pick<ProcessDefinition, 'nodes'>

/** The boundary events of an activity. */
export function boundaryEvents({ nodes }: Nodes, activity: Pick<FlowNode, 'boundary'>): readonly DrawnEvent[] {
  return activity.boundary.flatMap((elementId) => {
    const event = nodes[elementId]
    if (event?.type !== 'bpmn:BoundaryEvent') return []
    const { trigger, interrupting } = event.own
    return [{ elementId, trigger, interrupting }]
  })
}

/** The start events of the event sub-processes directly in a scope. */
export function scopeEvents({ nodes, scopes }: ProcessDefinition, scopeId: string): readonly DrawnEvent[] {
  return (scopes[scopeId]?.eventSubProcesses ?? []).flatMap((subProcessId) => {
    const start = nodes[scopes[subProcessId]?.startEventId ?? '']
    if (start?.type !== 'bpmn:StartEvent' || !start.own.trigger) return []
    const { trigger, interrupting } = start.own
    return [{ elementId: start.id, trigger, interrupting }]
  })
}

/** The events that follow an event-based gateway. */
export function followingEvents({ nodes, flows }: ProcessDefinition, gateway: FlowNode): readonly DrawnEvent[] {
  return gateway.outgoing.flatMap((flowId) => {
    const event = nodes[flows[flowId]?.targetId ?? '']
    if (event?.type !== 'bpmn:IntermediateCatchEvent' && event?.type !== 'bpmn:ReceiveTask') return []
    return [{ elementId: event.id, trigger: event.own.trigger, interrupting: true }]
  })
}
