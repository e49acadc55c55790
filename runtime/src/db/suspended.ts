import { KEYS_PER_STREAM } from '@bihuan/engine'
import { type Column, eq, type SQL, sql } from 'drizzle-orm'
import type { Store } from './store.ts'

type Readable = Pick<Store, 'read' | 'tables'>

/**
 * Keys of the cases that are suspended, as a query: there are few at any time, and what is theirs is left out of every
 * look for work, so that it keeps nobody else waiting.
 */
export function suspendedCases({ read, tables: { processInstance } }: Readable) {
  return read.select({ key: processInstance.key }).from(processInstance).where(eq(processInstance.state, 'suspended'))
}

/** Whether the key in a column belongs to the stream of no suspended case. */
export function ofNoSuspendedCase({ read, tables: { processInstance } }: Readable, key: Column): SQL {
  const perStream = sql.raw(String(KEYS_PER_STREAM))
  const streams = read
    .select({ stream: sql`${processInstance.key} / ${perStream}` })
    .from(processInstance)
    .where(eq(processInstance.state, 'suspended'))
  return sql`${key} / ${perStream} not in (${streams})`
}
