import { KEYS_PER_STREAM, type Key } from '@bihuan/engine'
import { between, type Column, type SQL, sql } from 'drizzle-orm'
import { KeyRange, type RowChange } from './row-change.ts'
import type { TableName } from './schema/index.ts'

/** What lies between the key of a case, the first of its stream, and the last key that stream can give out. */
const SPAN = KEYS_PER_STREAM - 1

const keysOf = (instanceKey: Key): KeyRange =>
  new KeyRange(instanceKey, Math.min(instanceKey + SPAN, Number.MAX_SAFE_INTEGER))

/**
 * Whether the key in a column belongs to a case, given by its key or by the column that holds it. Rows of a case have
 * keys of its stream: an index by case beside that of their keys would be one more page to write for each row.
 */
export function ofCase(key: Column, instanceKey: Key | Column): SQL {
  if (typeof instanceKey !== 'number') return between(key, instanceKey, sql`${instanceKey} + ${sql.raw(String(SPAN))}`)
  const { first, last } = keysOf(instanceKey)
  return between(key, first, last)
}

/** Tables that have no index by case, and the key by which their rows are found instead. */
const byKey: { readonly [table in TableName]?: string } = {
  elementInstance: 'key',
  userTask: 'key',
  taskCandidate: 'taskKey',
  variable: 'scopeKey',
  correlatedMessage: 'subscriptionKey',
}

/** Removes what a table holds of a case. */
export function removeOfCase(table: TableName, instanceKey: Key): RowChange {
  const key = byKey[table]
  const where = key === undefined ? { instanceKey } : { [key]: keysOf(instanceKey) }
  return { op: 'delete', table, where } as RowChange
}
