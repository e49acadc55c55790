import type { Key } from '@bihuan/engine'
import { readHeads, readRecords } from '../audit/chain.ts'
import type { TrailLine } from '../audit/pack.ts'
import { removeOfCase } from '../db/of-case.ts'
import type { RowChange } from '../db/row-change.ts'
import type { TableName } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { Redactions } from './redaction.ts'
import { StreamReplay } from './stream-replay.ts'

/**
 * Tables that are looked at inside one case alone, or for what is open: a case at rest has no rows in them. Each has
 * `instanceKey`, and each follows from the trail.
 */
export const detailTables = [
  'elementInstance',
  'flowTaken',
  'variable',
  'job',
  'incident',
  'messageSubscription',
  'actionCandidate',
] as const satisfies readonly TableName[]

const details: ReadonlySet<TableName> = new Set(detailTables)

/** Whether a table has no rows of a case at rest. */
export const isDetail = (table: TableName): boolean => details.has(table)

/** Removes what the tables of details hold of a case. */
export const detailsGone = (instanceKey: Key): readonly RowChange[] =>
  detailTables.map((table) => removeOfCase(table, instanceKey))

/** What the tables of details hold of a case, folded from its rows and from what erasures left of them. */
export async function detailsOf(
  store: Pick<Store, 'read' | 'tables'>,
  stream: number,
  lines: readonly TrailLine[],
): Promise<readonly RowChange[]> {
  const all = lines.map(({ row, records }) => ({ row, records: readRecords(row.heads, records) }))
  const hasErased = all.some(({ records }) => records.includes(null))
  const redactions = hasErased ? await Redactions.read(store, stream) : new Redactions()
  const replay = new StreamReplay(stream)
  return all.flatMap(({ row, records }) =>
    replay
      .changes(row, redactions.fill(row, readHeads(row.heads) ?? [], records))
      .filter(({ table }) => isDetail(table)),
  )
}
