import { bodyOf, PATH } from './path.ts'

/** A role in the unit of the case, or in its ancestor of a level. */
export interface Candidate {
  readonly role: string
  readonly level: string | null
}

/** Who does a task, as far as a sentence says it. */
export type Who =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'roles'; readonly items: readonly Candidate[] }
  /** The person that a field names. */
  | { readonly kind: 'person'; readonly field: string }
  /** Each of a list in turn: the task of a 会签. */
  | { readonly kind: 'each' }
  | { readonly kind: 'formula'; readonly text: string }

interface Assignment {
  readonly assignee?: string | undefined
  readonly candidateGroups?: string | undefined
  readonly candidateUsers?: string | undefined
}

const PERSON = new RegExp(String.raw`^(${PATH})\.id$`, 'u')

/** Reads the assignment of a task. `inputElement` is the name each item has in a multi-instance. */
export function readWho(assignment: Assignment | undefined, inputElement: string | undefined): Who {
  const { assignee, candidateGroups, candidateUsers } = assignment ?? {}
  if (candidateUsers) return { kind: 'formula', text: candidateUsers }
  if (assignee && candidateGroups) return { kind: 'formula', text: `${assignee}, ${candidateGroups}` }
  if (assignee) {
    const path = PERSON.exec(bodyOf(assignee) ?? '')?.[1]
    if (path === undefined) return { kind: 'formula', text: assignee }
    return path === inputElement ? { kind: 'each' } : { kind: 'person', field: path }
  }
  if (!candidateGroups) return { kind: 'nobody' }
  const items = readCandidates(candidateGroups)
  return items ? { kind: 'roles', items } : { kind: 'formula', text: candidateGroups }
}

/** Reads `village_clerk, reviewer@township`; null for a formula. */
export function readCandidates(text: string): Candidate[] | null {
  if (text.trim().startsWith('=')) return null
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [role = '', level] = part.split('@', 2)
      return { role: role.trim(), level: level?.trim() ?? null }
    })
}

export const writeCandidates = (items: readonly Candidate[]): string =>
  items.map(({ role, level }) => (level === null ? role : `${role}@${level}`)).join(',')
