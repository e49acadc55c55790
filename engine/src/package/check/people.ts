import type { Expression } from '../../feel/index.ts'
import type { Problem } from '../../problem/problem.ts'
import type { JudgedPackage } from '../judge.ts'

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
