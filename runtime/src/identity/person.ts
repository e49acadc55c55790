import { asc, eq, inArray } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { Person, Position } from './who.ts'

export { rootUnit, unitLine } from '../host/unit-line.ts'

/** A person with the positions held now, or null. */
export async function loadPerson(store: Store, id: string): Promise<Person | null> {
  const { person } = store.tables
  const [row] = await store.read
    .select({ id: person.id, name: person.name, username: person.username })
    .from(person)
    .where(eq(person.id, id))
    .limit(1)
  if (!row) return null
  const positions = await loadPositions(store, [id])
  return { type: 'person', ...row, positions: positions.get(id) ?? [] }
}

/** Positions by person id, in the order of the tree. */
export async function loadPositions(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Position[]>> {
  const { position, role, unit } = store.tables
  const found = new Map<string, Position[]>()
  if (ids.length === 0) return found
  const rows = await store.read
    .select({
      personId: position.personId,
      role: position.role,
      roleName: role.name,
      id: unit.id,
      name: unit.name,
      level: unit.level,
    })
    .from(position)
    .innerJoin(unit, eq(unit.id, position.unitId))
    .leftJoin(role, eq(role.key, position.role))
    .where(inArray(position.personId, [...ids]))
    .orderBy(asc(unit.path), asc(position.role))
  for (const { personId, role: key, roleName, ...place } of rows) {
    const held = found.get(personId) ?? []
    held.push({ role: key, roleName: roleName ?? key, unit: place })
    found.set(personId, held)
  }
  return found
}

/** Names of people, and of systems that act in their stead, by id; an id that is nobody's stays as it is. */
export async function namesOf(store: Store, ids: Iterable<string | null>): Promise<(id: string) => string> {
  const all = new Set([...ids].filter((id): id is string => id !== null))
  const names = new Map<string, string>()
  for (const table of [store.tables.person, store.tables.apiClient]) {
    const wanted = [...all].filter((id) => !names.has(id))
    if (wanted.length === 0) break
    const rows = await store.read
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(inArray(table.id, wanted))
    for (const { id, name } of rows) names.set(id, name)
  }
  return (id) => names.get(id) ?? id
}
