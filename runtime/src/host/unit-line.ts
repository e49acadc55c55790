import type { UnitRef } from '@bihuan/engine'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Store } from '../db/store.ts'

/** The unit with its ancestors: itself first, the root last. Empty when there is no such unit. */
export async function unitLine(store: Store, id: string): Promise<readonly UnitRef[]> {
  const { unit } = store.tables
  const [row] = await store.read.select({ path: unit.path }).from(unit).where(eq(unit.id, id)).limit(1)
  if (!row) return []
  const ids = row.path.split('/').filter((part) => part !== '')
  const rows = await store.read
    .select({ id: unit.id, name: unit.name, level: unit.level })
    .from(unit)
    .where(inArray(unit.id, ids))
  const byId = new Map(rows.map((one) => [one.id, one]))
  return ids.reverse().flatMap((one) => byId.get(one) ?? [])
}

/** Id of the root unit; null while there is no organisation. */
export async function rootUnit(store: Store): Promise<string | null> {
  const { unit } = store.tables
  const [row] = await store.read.select({ id: unit.id }).from(unit).orderBy(asc(unit.path)).limit(1)
  return row?.id ?? null
}
