import { parseCandidates, type UnitRef } from '@bihuan/engine'
import type { Directory, Holders as HoldersAnswer } from '@bihuan/runtime/contract'
import { request } from '../../api/http.ts'
import type { Prepared } from './prepare.ts'
import type { Holders } from './trial.ts'

/** A unit in which the case may begin: one of the level of whoever starts it. */
export function firstUnit({ process }: Prepared, { roles, units }: Directory): string {
  const starter = process.starters?.[0]
  const level = starter?.level ?? roles.find((role) => role.key === starter?.role)?.level
  return (units.find((unit) => unit.level === level) ?? units.at(-1))?.id ?? ''
}

/** The unit and its ancestors up to the root. */
export function unitLine({ units }: Directory, unitId: string): UnitRef[] {
  const line: UnitRef[] = []
  for (let id: string | null = unitId; id !== null; ) {
    const unit = units.find((one) => one.id === id)
    if (!unit || line.length > units.length) break
    line.push({ id: unit.id, name: unit.name, level: unit.level })
    id = unit.parentId
  }
  return line
}

/** Who holds each role of the unit's level there, and those that `process` lists from above it, as `role@level`. */
export async function holdersIn(
  { roles, units }: Directory,
  unitId: string,
  { nodes }: Prepared['process'],
): Promise<Holders> {
  const level = units.find((unit) => unit.id === unitId)?.level
  const here = roles.filter((role) => role.level === null || role.level === level).map((role) => role.key)
  const listed = Object.values(nodes).flatMap(({ type, own }) =>
    type === 'bpmn:ServiceTask' && own.jobType.source === 'bihuan.people'
      ? parseCandidates(own.headers.role ?? '')
      : [],
  )
  const above = listed.flatMap(({ role, level: named }) => (named === null ? [] : [`${role}@${named}`]))
  const candidates = [...new Set([...here, ...above])]
  if (candidates.length === 0) return {}
  const query = { unit: unitId, candidates: candidates.join(',') }
  const { items } = await request<HoldersAnswer>('GET', '/directory/holders', { query })
  // One answer for each that was asked for, in that order.
  return Object.fromEntries(items.map(({ people }, at) => [candidates[at], people]))
}
