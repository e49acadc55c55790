import { inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { unitLine } from './person.ts'
import { operator, workPositions } from './role.ts'
import type { Person, Who } from './who.ts'

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

/**
 * Cases whom it falls to repair: of the units an operator holds the role in and of those below them; undefined, which
 * leaves none out, for systems.
 */
export async function casesLookedAfter(store: Store, who: Who): Promise<SQL | undefined> {
  if (who.type === 'client') return undefined
  if (who.type === 'anonymous') return nothing
  const { processInstance } = store.tables
  const held = who.positions.filter(({ role }) => role === operator)
  const lines = await Promise.all(held.map(({ unit }) => unitLine(store, unit.id)))
  const below = lines.map((line) => {
    const ids = line.map(({ id }) => id).reverse()
    const path = `/${ids.join('/')}/`
    return sql`substr(${processInstance.unitPath}, 1, ${[...path].length}) = ${path}`
  })
  return or(...below) ?? nothing
}
