import type { FlowNode, ProcessDefinition } from '../../model/definition.ts'
import { nodesByScope, type Targets, tokenTargets } from '../../model/graph.ts'
import type { Facts } from '../../problem/problem.ts'
import type { Place, Report } from '../report.ts'

/** A process as the checks look at it: what several of them ask is worked out once. */
export interface Subject {
  readonly process: ProcessDefinition
  /** In the order of the file. */
  readonly nodes: readonly FlowNode[]
  readonly inside: (scopeId: string) => readonly FlowNode[]
  /** Where a token goes on from a node of its scope. */
  readonly targets: Targets<FlowNode>
}

/** ONE CHECK, ONE FILE: a rule about a whole process. It reports at the element in question and changes nothing. */
export type Check = (subject: Subject, report: Report) => void

export function subjectOf(process: ProcessDefinition): Subject {
  const nodes = Object.values(process.nodes)
  const scopes = nodesByScope(nodes)
  return { process, nodes, inside: (scopeId) => scopes.get(scopeId) ?? [], targets: tokenTargets(process) }
}

/** The place of a node in problems. */
export const at = ({ id, name }: FlowNode): Place => ({ id, name })

/** The fact `elements`: nodes as people know them. */
export const named = (nodes: readonly FlowNode[]): Facts => ({ elements: nodes.map(({ id, name }) => name ?? id) })

/** Whether a node is an activity: a task, a sub-process, a call (BPMN 2.0 §10.3). */
export const isActivity = ({ type }: FlowNode): boolean => /Task$|SubProcess$|CallActivity$/.test(type)

/** Whether a node is an event sub-process. */
export const isByEvent = (node: FlowNode): boolean => node.type === 'bpmn:SubProcess' && node.own.byEvent
