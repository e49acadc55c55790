import type { Candidate, Fact } from '@bihuan/engine'
import type { OrganisationFile } from '../identity/organisation-file.ts'

/**
 * Whether each person who took a task in a scenario could have: is its assignee, or holds one of its candidate roles in
 * the unit named. Gives a sentence for each who could not. The hosts of scenarios do not know positions; the durable
 * host's pages enforce the same rule.
 */
export function checkPeople(facts: readonly Fact[], organisation: OrganisationFile): string[] {
  const offered = new Map<
    number,
    { readonly candidates: readonly Candidate[]; readonly users: readonly string[]; readonly assignee: string | null }
  >()
  const faults: string[] = []
  for (const fact of facts) {
    if (fact.kind === 'userTask.created') {
      offered.set(fact.key, {
        candidates: fact.value.candidates,
        users: fact.value.candidateUsers,
        assignee: fact.value.assignee,
      })
    }
    if (fact.kind !== 'userTask.assigned') continue
    const task = offered.get(fact.key)
    const who = fact.value.assignee
    if (!task || task.assignee === who || task.users.includes(who)) continue
    const positions = organisation.people.find((person) => person.username === who)?.positions ?? []
    const may = task.candidates.some(({ role, unitId }) =>
      positions.some((position) => position.role === role && position.unit === unitId),
    )
    if (may) continue
    const roles = task.candidates.map(({ role, unitId }) => `${role} of ${unitId}`).join(' or ')
    faults.push(
      `Expected ${who} to be ${roles || task.assignee || 'assigned'} for task ${fact.value.elementId}, but holds ${positions.map((one) => `${one.role} of ${one.unit}`).join(', ') || 'no position'}.`,
    )
  }
  return faults
}
