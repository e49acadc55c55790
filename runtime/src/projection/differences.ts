import { primaryKeyOf } from '../db/primary-keys.ts'
import type { Store } from '../db/store.ts'
import { begunLater, rebuiltTables } from './rebuild.ts'

type Readable = Pick<Store, 'read' | 'tables'>

/** A row of a table that is not what the trail says. */
export interface Difference {
  readonly table: (typeof rebuiltTables)[number]
  /** Its primary key: columns by their names. */
  readonly key: { readonly [column: string]: unknown }
  readonly fault: 'changed' | 'missing' | 'extra'
  /** Columns that differ. */
  readonly columns: readonly string[]
}

/** Loans are no facts, and pauses after a failure are moved when the clock is set back. */
const LOANS = new Set(['worker', 'lentUntil', 'retryAt'])

/** Rows of `found` that differ from those folded from the trail (`wanted`), at most `most` of them. */
export async function differingRows(found: Readable, wanted: Readable, most = 100): Promise<readonly Difference[]> {
  const differences: Difference[] = []
  for (const table of rebuiltTables) {
    const names = primaryKeyOf(table)
    const keyOf = (row: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, row[name]]))
    const there = await rowsOf(found, table, keyOf)
    for (const [id, row] of await rowsOf(wanted, table, keyOf)) {
      const other = there.get(id)
      there.delete(id)
      const columns = other
        ? Object.keys(row).filter((name) => !LOANS.has(name) && !isSame(row[name], other[name]))
        : []
      if (!other && begunLater.has(table)) continue
      if (!other) differences.push({ table, key: keyOf(row), fault: 'missing', columns })
      else if (columns.length > 0) differences.push({ table, key: keyOf(row), fault: 'changed', columns })
    }
    for (const row of there.values()) differences.push({ table, key: keyOf(row), fault: 'extra', columns: [] })
    if (differences.length >= most) break
  }
  return differences.slice(0, most)
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

async function rowsOf(
  { read, tables }: Readable,
  table: Difference['table'],
  keyOf: (row: Record<string, unknown>) => object,
): Promise<Map<string, Record<string, unknown>>> {
  const rows: Record<string, unknown>[] = await read.select().from(tables[table])
  return new Map(rows.map((row) => [JSON.stringify(keyOf(row)), row]))
}
