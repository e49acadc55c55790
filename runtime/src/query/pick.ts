import { and, asc, eq, inArray, notInArray, type SQL } from 'drizzle-orm'
import type { PickPeople, PickUnits } from '../contract/contract.ts'
import { contains } from '../identity/access.ts'
import { withinReach } from '../identity/reach.ts'
import { caretakers } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'
import type { Services } from '../services.ts'

/** People or units one answer of a picker shows; who looks for another types more of the name. */
const MOST = 20

/**
 * People at work within a person's reach whose names hold a text, with the positions they hold there. Without a text
 * there is no answer: this is a search, not a directory.
 */
export async function pickPeople(
  { store }: Services,
  asker: Person,
  asked: { readonly search: string; readonly role: string | null; readonly unit: string | null },
): Promise<PickPeople> {
  if (asked.search === '') return { items: [] }
  const { person, position, role, unit } = store.tables
  const reach = await withinReach(store, asker)
  const atWork = (...more: (SQL | undefined)[]) => and(reach, notInArray(position.role, [...caretakers]), ...more)
  const found = await store.read
    .selectDistinct({ id: person.id, name: person.name })
    .from(position)
    .innerJoin(unit, eq(unit.id, position.unitId))
    .innerJoin(person, eq(person.id, position.personId))
    .where(
      atWork(
        contains(person.name, asked.search),
        asked.role === null ? undefined : eq(position.role, asked.role),
        asked.unit === null ? undefined : eq(position.unitId, asked.unit),
      ),
    )
    .orderBy(asc(person.name), asc(person.id))
    .limit(MOST)
  if (found.length === 0) return { items: [] }
  const ids = found.map((one) => one.id)
  const held = await store.read
    .select({ personId: position.personId, role: position.role, roleName: role.name, unitName: unit.name })
    .from(position)
    .innerJoin(unit, eq(unit.id, position.unitId))
    .leftJoin(role, eq(role.key, position.role))
    .where(atWork(inArray(position.personId, ids)))
    .orderBy(asc(unit.path), asc(position.role))
  return {
    items: found.map((one) => ({
      ...one,
      about: held
        .filter((row) => row.personId === one.id)
        .map((row) => `${row.unitName} ${row.roleName ?? row.role}`)
        .join(' · '),
    })),
  }
}

/** Units within a person's reach whose names hold a text, of one level when it is named; in the order of the tree. */
export async function pickUnits(
  { store }: Services,
  asker: Person,
  asked: { readonly search: string; readonly level: string | null },
): Promise<PickUnits> {
  if (asked.search === '') return { items: [] }
  const { unit } = store.tables
  const items = await store.read
    .select({ id: unit.id, name: unit.name, level: unit.level })
    .from(unit)
    .where(
      and(
        await withinReach(store, asker),
        contains(unit.name, asked.search),
        asked.level === null ? undefined : eq(unit.level, asked.level),
      ),
    )
    .orderBy(asc(unit.path))
    .limit(MOST)
  return { items }
}
