import { type CandidateRef, parseCandidates } from '@bihuan/engine'
import { and, asc, count, eq } from 'drizzle-orm'
import type { Directory, Holders } from '../contract/contract.ts'
import type { Store } from '../db/store.ts'
import { unitLine } from '../identity/person.ts'
import { isCaretaker } from '../identity/role.ts'

/** How many people are told by name. */
const NAMED = 5

/**
 * Levels, roles and units as designers choose from them: units at and below `paths` and those above them. Roles of who
 * looks after the system are left out: they take part in no case.
 */
export async function directory(store: Store, paths: readonly string[]): Promise<Directory> {
  const { role, unit, unitLevel } = store.tables
  const all = await store.read
    .select({ id: unit.id, name: unit.name, level: unit.level, parentId: unit.parentId, path: unit.path })
    .from(unit)
    .orderBy(asc(unit.place))
  const units = all.filter(({ path }) => paths.some((own) => path.startsWith(own) || own.startsWith(path)))
  const names = new Map((await store.read.select().from(unitLevel)).map(({ key, name }) => [key, name]))
  const roles = await store.read.select().from(role).orderBy(asc(role.key))
  // The levels in the order of the tree: as deep as they first occur.
  const depth = new Map<string, number>()
  for (const { level, path } of all) {
    const found = path.split('/').length
    depth.set(level, Math.min(depth.get(level) ?? found, found))
  }
  return {
    levels: [...depth].sort((a, b) => a[1] - b[1]).map(([key]) => ({ key, name: names.get(key) ?? key })),
    roles: roles.filter(({ key }) => !isCaretaker(key)),
    units: units.map(({ path: _path, ...rest }) => rest),
  }
}

/**
 * Whom candidates mean for a case of a unit: `role` in that unit, `role@level` in the ancestor of that level, as the
 * engine resolves them (0002). Null for a unit that is not within `paths`.
 */
export async function holders(
  store: Store,
  paths: readonly string[],
  unitId: string,
  candidates: string,
): Promise<Holders | null> {
  const line = await unitLine(store, unitId)
  const path = `/${line
    .map(({ id }) => id)
    .reverse()
    .join('/')}/`
  if (!paths.some((own) => path.startsWith(own))) return null
  const { position, person, role } = store.tables
  const items: Holders['items'] = []
  for (const { role: key, level } of distinct(parseCandidates(candidates))) {
    // Who looks after the system takes part in no case, whatever a model says.
    const unit = isCaretaker(key) ? undefined : level === null ? line[0] : line.find((one) => one.level === level)
    const [named] = await store.read.select({ name: role.name }).from(role).where(eq(role.key, key)).limit(1)
    const held = and(eq(position.unitId, unit?.id ?? ''), eq(position.role, key))
    const [total] = unit ? await store.read.select({ count: count() }).from(position).where(held) : []
    const people = unit
      ? await store.read
          .select({ id: person.id, name: person.name })
          .from(position)
          .innerJoin(person, eq(person.id, position.personId))
          .where(held)
          .orderBy(asc(person.name), asc(person.id))
          .limit(NAMED)
      : []
    items.push({
      role: key,
      roleName: named?.name ?? key,
      unit: unit ?? null,
      count: Number(total?.count ?? 0),
      people,
    })
  }
  return { items }
}

const distinct = (candidates: readonly CandidateRef[]): readonly CandidateRef[] => [
  ...new Map(candidates.map((one) => [`${one.role}@${one.level ?? ''}`, one])).values(),
]
