import type { FlowNode } from '../model/definition.ts'
import type { Key } from '../record/record.ts'
import type { State } from '../state/state.ts'

/** Whether tokens wait for each other at this node. */
export function joins(node: FlowNode): boolean {
  return node.type === 'bpmn:ParallelGateway' && node.incoming.length > 1
}

/** Whether a token stands at every incoming flow (SPEC PG1). */
export function isFull(state: State, node: FlowNode, scopeKey: Key): boolean {
  const arrived = new Set(state.elements.get(scopeKey)?.joins.get(node.id)?.map((arrival) => arrival.flowId))
  return node.incoming.every((flowId) => arrived.has(flowId))
}

/** The element instances whose tokens the join would use now: the first of each flow. */
export function causesOf(state: State, node: FlowNode, scopeKey: Key): Key[] {
  const arrivals = state.elements.get(scopeKey)?.joins.get(node.id) ?? []
  return node.incoming.flatMap((flowId) => arrivals.find((arrival) => arrival.flowId === flowId)?.source ?? [])
}
