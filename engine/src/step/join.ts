import type { FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { Arrival, State } from '../state/state.ts'

/** Whether tokens wait for one of each flow at this node. */
export function joins(node: FlowNode): boolean {
  return node.type === 'bpmn:ParallelGateway' && node.incoming.length > 1
}

/** Whether tokens wait at this node for those that can still arrive. */
export function joinsInclusively(node: FlowNode): boolean {
  return node.type === 'bpmn:InclusiveGateway' && node.incoming.length > 1
}

/** Whether a token stands at every incoming flow (SPEC PG1). */
export function isFull(state: State, node: FlowNode, scopeKey: Key): boolean {
  const arrivals = arrivalsAt(state, node, scopeKey)
  return node.incoming.every((flowId) => arrivals.some((arrival) => arrival.flowId === flowId))
}

/** The element instances whose tokens the join would use now: the first of each flow. */
export function causesOf(state: State, node: FlowNode, scopeKey: Key): Key[] {
  const arrivals = arrivalsAt(state, node, scopeKey)
  return node.incoming.flatMap((flowId) => arrivals.find((arrival) => arrival.flowId === flowId)?.source ?? [])
}

function arrivalsAt(state: State, node: FlowNode, scopeKey: Key): Arrival[] {
  return state.elements.get(scopeKey)?.joins.filter((arrival) => arrival.elementId === node.id) ?? []
}
