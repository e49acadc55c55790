import { KEYS_PER_STREAM, type Key } from '@bihuan/engine'
import { between, type Column, type SQL, sql } from 'drizzle-orm'

/** What lies between the key of a case, the first of its stream, and the last key that stream can give out. */
const SPAN = KEYS_PER_STREAM - 1

/**
 * Whether the key in a column belongs to a case, given by its key or by the column that holds it. Rows of a case have
 * keys of its stream: an index by case beside that of their keys would be one more page to write for each row.
 */
export function ofCase(key: Column, instanceKey: Key | Column): SQL {
  return typeof instanceKey === 'number'
    ? between(key, instanceKey, Math.min(instanceKey + SPAN, Number.MAX_SAFE_INTEGER))
    : between(key, instanceKey, sql`${instanceKey} + ${sql.raw(String(SPAN))}`)
}
