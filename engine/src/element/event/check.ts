import type { EventTrigger, FlowNode } from '../../model/definition.ts'
import type { CheckContext } from '../element.ts'

/** The place of the start events of a process. */
const PROCESS_START = 'start of the process'

/** What an escalation can be thrown out of (Zeebe: "Escalation events"). */
const THROWS_OUT = new Set(['bpmn:SubProcess', 'bpmn:AdHocSubProcess', 'bpmn:CallActivity'])

/**
 * Checks of a boundary or start event beside the others of its place: an escalation boundary event stands at something
 * it can be thrown out of, and no two events of one place catch the same (Zeebe: "Error events", "Escalation events",
 * "Message events").
 */
export function checkCatching(node: FlowNode, context: CheckContext): void {
  const trigger = triggerOf(node)
  if (!trigger) return
  const host = node.type === 'bpmn:BoundaryEvent' ? context.nodes[node.own.attachedTo] : undefined
  if (host && trigger.kind === 'escalation' && !THROWS_OUT.has(host.type))
    context.problem('EVENT_NOT_EXECUTED', { type: `bpmn:EscalationEventDefinition attached to ${host.type}` })
  const place = placeOf(node, context)
  const what = caught(trigger, place)
  if (what === null) return
  const first = firstCatchers(context).get(JSON.stringify([place, what]))
  if (first !== undefined && first < node.index)
    context.problem('EVENT_NOT_EXECUTED', { type: `a second event that catches ${what}` })
}

const known = new WeakMap<CheckContext['nodes'], ReadonlyMap<string, number>>()

/** The index of the first node that catches something, by place and what: worked out once for a process. */
function firstCatchers(context: CheckContext): ReadonlyMap<string, number> {
  const done = known.get(context.nodes)
  if (done) return done
  const first = new Map<string, number>()
  for (const node of Object.values(context.nodes)) {
    const trigger = triggerOf(node)
    if (!trigger) continue
    const place = placeOf(node, context)
    const key = JSON.stringify([place, caught(trigger, place)])
    first.set(key, Math.min(first.get(key) ?? node.index, node.index))
  }
  known.set(context.nodes, first)
  return first
}

function triggerOf(node: FlowNode): EventTrigger | null {
  return node.type === 'bpmn:BoundaryEvent' || node.type === 'bpmn:StartEvent' ? node.own.trigger : null
}

/** Where an event waits: an activity, or the scope that its event sub-process lies in, or its process. */
function placeOf(node: FlowNode, { nodes }: CheckContext): string {
  if (node.type === 'bpmn:BoundaryEvent') return `boundary of ${node.own.attachedTo}`
  const subProcess = nodes[node.scopeId]
  return subProcess ? `event sub-processes of ${subProcess.scopeId}` : PROCESS_START
}

/** What an event takes for itself, in words; null for a kind of which several may wait for the same. */
function caught(trigger: EventTrigger, place: string): string | null {
  switch (trigger.kind) {
    case 'error':
      return trigger.errorCode ? `error ${trigger.errorCode.source}` : 'every error'
    case 'escalation':
      return trigger.escalationCode ? `escalation ${trigger.escalationCode.source}` : 'every escalation'
    case 'message':
      return `message ${trigger.name.source}`
    case 'signal':
      return `signal ${trigger.name.source}`
    case 'conditional':
      return place === PROCESS_START ? `condition ${trigger.condition.source}` : null
    default:
      return null
  }
}
