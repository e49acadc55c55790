import type { FlowNode } from '../../model/definition.ts'
import type { JudgedPackage, JudgedProcess } from '../judged.ts'
import { namesNobody } from './people.ts'

/** A step of a compiled process that people fill or read. */
export interface Place {
  readonly elementId: string
  readonly name: string
  readonly kind: 'start' | 'task' | 'action'
  readonly formId: string | null
  readonly resource: string
  /** Whether somebody is asked: a role, a person, a starter. */
  readonly hasPeople: boolean
}

/** Steps of the processes as compiled: the starts, user tasks and acts that `readSteps` finds in the drawing. */
export const placesOf = ({ processes }: Pick<JudgedPackage, 'processes'>): Place[] =>
  processes.flatMap((judged) => Object.values(judged.process.nodes).flatMap((node) => placeOf(node, judged) ?? []))

function placeOf(node: FlowNode, { process, resource }: JudgedProcess): Place | null {
  const base = { elementId: node.id, resource, name: node.name ?? node.id }
  if (node.type === 'bpmn:UserTask') {
    const { form, assignee, candidateGroups, candidateUsers } = node.own
    const hasPeople = ![assignee, candidateGroups, candidateUsers].every(namesNobody)
    return { ...base, kind: 'task', formId: form?.formId ?? null, hasPeople }
  }
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  if (trigger?.kind === 'message' && trigger.action) {
    const { label, formId, candidates } = trigger.action
    return { ...base, kind: 'action', name: label, formId, hasPeople: candidates.length > 0 }
  }
  if (process.scopes[process.id]?.startEventId !== node.id || trigger !== null) return null
  const { starters, startForm } = process
  if (starters === null && startForm === null) return null
  return { ...base, kind: 'start', formId: startForm?.formId ?? null, hasPeople: (starters ?? []).length > 0 }
}
