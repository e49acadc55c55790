import { parseCandidates } from '../../element/candidate.ts'
import type { Expression } from '../../feel/index.ts'
import type { CandidateRef, FlowNode } from '../../model/definition.ts'
import type { Problem } from '../../problem/problem.ts'
import type { JudgedPackage, JudgedProcess } from '../judged.ts'
import { rolesListed } from './built-in.ts'

const EMPTY = new Set(['', 'null', '""', '[]'])

/** Whether an attribute names nobody, whatever the data: absent, or empty as it is written. */
export const namesNobody = (expression: Expression | null): boolean =>
  expression === null || EMPTY.has(expression.source.replaceAll(/\s/g, ''))

/**
 * User tasks nobody could ever get: native ones (a job is brought to people by its worker) without an assignee,
 * candidate groups or candidate users. A package is for people, so it is refused; of what another system deploys by
 * itself it is said as a warning: that system can still assign the task (Camunda 8: "Assign user task").
 */
export function tasksForNobody({ processes, package: about }: Pick<JudgedPackage, 'processes' | 'package'>): Problem[] {
  const severity = about === null ? 'warning' : 'error'
  return processes.flatMap(({ process, resource }) =>
    Object.values(process.nodes).flatMap((node): Problem[] => {
      if (node.type !== 'bpmn:UserTask' || node.own.job !== null) return []
      const { assignee, candidateGroups, candidateUsers } = node.own
      if (![assignee, candidateGroups, candidateUsers].every(namesNobody)) return []
      const place = { resource, elementId: node.id, elementName: node.name }
      return [{ code: 'USER_TASK_NOBODY', severity, ...place, facts: {} }]
    }),
  )
}

/** Keys of the roles and levels there are. */
export interface KnownPeople {
  readonly roles: readonly string[]
  readonly levels: readonly string[]
}

/**
 * Roles and levels that a model names and the organisation does not have, as in a package from elsewhere: the step would
 * be offered to nobody. A warning: they may be added yet.
 */
export function unknownPeople(
  { processes }: Pick<JudgedPackage, 'processes'>,
  { roles, levels }: KnownPeople,
): Problem[] {
  const isKnown = ({ role, level }: CandidateRef) => roles.includes(role) && (level === null || levels.includes(level))
  return processes.flatMap((judged) =>
    Object.values(judged.process.nodes).flatMap((node) =>
      [...namedBy(node, judged), ...rolesListed(node).flat()]
        // A list of no role is told of as such.
        .filter((one) => one.role !== '' && !isKnown(one))
        .map(({ role, level }): Problem => {
          const place = { resource: judged.resource, elementId: node.id, elementName: node.name ?? node.id }
          const people = level === null ? role : `${role}@${level}`
          return { code: 'PEOPLE_UNKNOWN', severity: 'warning', ...place, facts: { people } }
        }),
    ),
  )
}

/** Whom an element names as it is written: candidates of a task, starters, who may act. */
function namedBy(node: FlowNode, { process }: JudgedProcess): readonly CandidateRef[] {
  if (node.type === 'bpmn:UserTask') {
    const { candidateGroups: groups } = node.own
    return groups?.kind === 'static' ? parseCandidates(groups.source) : []
  }
  const trigger = 'trigger' in node.own ? node.own.trigger : null
  if (trigger?.kind === 'message') return trigger.action?.candidates ?? []
  return process.scopes[process.id]?.startEventId === node.id ? (process.starters ?? []) : []
}
