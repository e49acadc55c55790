import { Rejection } from '@bihuan/engine'
import { asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import type { PackageState } from '../host/package-state.ts'
import { processDesigner } from '../identity/role.ts'
import type { Person } from '../identity/who.ts'

/** What a designer looks after: his units and all below them. */
export interface DesignScope {
  /** The unit a package he begins belongs to. */
  readonly unitId: string
  readonly paths: readonly string[]
}

/** The units a person designs for; throws `FORBIDDEN` when there is none. */
export async function designScope(store: Store, person: Person): Promise<DesignScope> {
  const { unit } = store.tables
  const held = person.positions.filter(({ role }) => role === processDesigner).map((position) => position.unit.id)
  const rows =
    held.length === 0
      ? []
      : await store.read
          .select({ id: unit.id, path: unit.path })
          .from(unit)
          .where(inArray(unit.id, held))
          .orderBy(asc(unit.path))
  const [first] = rows
  if (!first) throw new Rejection('FORBIDDEN')
  return { unitId: first.id, paths: rows.map(({ path }) => path) }
}

/** Units within a scope. */
export function withinScope(store: Store, { paths }: DesignScope): SQL {
  const { unit } = store.tables
  return or(...paths.map((path) => sql`substr(${unit.path}, 1, ${[...path].length}) = ${path}`)) ?? sql`1 = 0`
}

/** A package a person looks after. Throws `NOT_FOUND` for any other: who may not see it does not learn that it is there. */
export async function findPackage(
  { store, packages }: Pick<Host, 'store' | 'packages'>,
  person: Person,
  id: string,
): Promise<PackageState> {
  const scope = await designScope(store, person)
  const state = await packages.read(id)
  if (!state) throw new Rejection('NOT_FOUND')
  const { unit } = store.tables
  const [place] = await store.read
    .select({ path: unit.path })
    .from(unit)
    .where(eq(unit.id, state.about.unitId))
    .limit(1)
  if (!place || !scope.paths.some((path) => place.path.startsWith(path))) throw new Rejection('NOT_FOUND')
  return state
}
