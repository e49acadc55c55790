import type { Person } from './who.ts'

/**
 * Roles of those who look after the system. The first three exclude each other (三员), and nobody who holds one of the
 * five takes part in cases: who grants does not decide, who decides does not audit, who repairs does neither.
 */
export const systemAdministrator = 'system_administrator'
export const securityAdministrator = 'security_administrator'
export const auditor = 'auditor'
export const processDesigner = 'process_designer'
export const operator = 'operator'

const administrators: readonly string[] = [systemAdministrator, securityAdministrator, auditor]
export const caretakers: readonly string[] = [...administrators, processDesigner, operator]

/** Whether a role is one of the five that see no case. */
export function isCaretaker(role: string): boolean {
  return caretakers.includes(role)
}

/** Why a set of roles may not be held by one person; null when it may. */
export function roleConflict(roles: Iterable<string>): { readonly role: string; readonly other: string } | null {
  const held = [...new Set(roles)]
  const first = held.find(isCaretaker)
  if (first === undefined) return null
  const other = held.find((role) => role !== first)
  return other === undefined ? null : { role: first, other }
}

export const holds = (person: Person, role: string): boolean => person.positions.some((held) => held.role === role)

/** Positions that take part in cases: all but the caretakers'. */
export const workPositions = (person: Person) => person.positions.filter((held) => !isCaretaker(held.role))
