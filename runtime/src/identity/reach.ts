import { inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { unitLine } from './person.ts'
import { workPositions } from './role.ts'
import type { Person } from './who.ts'

/** Level of the units below which all know each other: the smallest that keeps a staff of its own. */
const NEIGHBOURHOOD = 'township'

const nothing = sql`1 = 0`

/**
 * Units a person may look up, and whose people: those on the way from his own units to the root, and everything below
 * his township. Nobody reads the directory of a whole district; who works above the townships sees his own line alone.
 */
export async function withinReach(store: Store, person: Person): Promise<SQL> {
  const { unit } = store.tables
  const conditions: SQL[] = []
  for (const id of new Set(workPositions(person).map((held) => held.unit.id))) {
    const line = await unitLine(store, id)
    const ids = line.map((one) => one.id)
    const township = line.findIndex((one) => one.level === NEIGHBOURHOOD)
    if (ids.length > 0) conditions.push(inArray(unit.id, ids))
    if (township < 0) continue
    const path = `/${ids.slice(township).reverse().join('/')}/`
    conditions.push(sql`substr(${unit.path}, 1, ${[...path].length}) = ${path}`)
  }
  return or(...conditions) ?? nothing
}
