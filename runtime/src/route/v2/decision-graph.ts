import { aliasedTable, and, countDistinct, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../../db/store.ts'

/** The version of the graph a decision belongs to: how many of its id there were by then. Those of its decisions differ. */
export function graphVersion({ read, tables: { decision } }: Store): SQL<number> {
  const other = aliasedTable(decision, 'graph')
  const until = read
    .select({ n: countDistinct(other.drgKey) })
    .from(other)
    .where(and(eq(other.drgId, decision.drgId), lte(other.drgKey, decision.drgKey)))
  return sql<number>`(${until})`.mapWith(Number)
}

/** The versions of graphs, by their keys. */
export async function graphVersions(store: Store, keys: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const { decision: t } = store.tables
  const rows = await store.read
    .selectDistinct({ key: t.drgKey, version: graphVersion(store) })
    .from(t)
    .where(inArray(t.drgKey, [0, ...keys]))
  return new Map(rows.map(({ key, version }) => [key, version]))
}
