import type { JobFailure, UnitRef } from '../record/record.ts'
import { parseCandidates } from './candidate.ts'

/** Where holders of a role are looked for: in the unit of the case, or in its nearest ancestor of the level. */
export interface HeldRole {
  readonly role: string
  readonly level: string | null
  readonly unit: UnitRef
}

/**
 * What the job `bihuan.people` looks for: its header `role` names roles as candidates are named (SPEC UT1).
 * @param units the unit of the case, then its ancestors
 * @returns the roles with their units, or why the job fails
 */
export function rolesToList(
  headers: { readonly [name: string]: string },
  units: readonly UnitRef[],
): { readonly roles: readonly HeldRole[] } | { readonly failure: JobFailure } {
  const named = parseCandidates(headers.role ?? '')
  if (named.length === 0) return { failure: failure('header role: expected the name of a role') }
  const roles: HeldRole[] = []
  for (const { role, level } of named) {
    const unit = level === null ? units[0] : units.find((one) => one.level === level)
    if (!unit) {
      const facts = { role, level, unit: units[0]?.name ?? null }
      return { failure: failure('', { code: 'CANDIDATE_UNIT_NOT_FOUND', facts }) }
    }
    roles.push({ role, level, unit })
  }
  return { roles }
}

/**
 * Why a list of people who hold roles is not given when nobody does: several who would each vote for himself would be
 * complete at once, and none of none is a majority (SPEC JO12).
 * @param roles by the names people know
 */
export const heldByNobody = (roles: readonly Pick<HeldRole, 'role' | 'unit'>[]): JobFailure =>
  failure('', {
    code: 'ROLE_HELD_BY_NOBODY',
    facts: { role: roles.map(({ role }) => role), unit: [...new Set(roles.map(({ unit }) => unit.name))] },
  })

/** For good: what the model or the organisation says must change first. */
const failure = (message: string, fault?: JobFailure['fault']): JobFailure => ({
  retries: 0,
  message,
  retryAt: null,
  ...(fault && { fault }),
})
