import { KEYS_PER_STREAM, type Key } from '@bihuan/engine'
import { and, eq, gte, lt } from 'drizzle-orm'
import type { Store } from '../db/store.ts'

type Readable = Pick<Store, 'read' | 'tables'>

/** Whether the host still has something to do or to send for a stream, such as a letter. */
export async function hasWork({ read, tables: { outbox, delivery } }: Readable, stream: number): Promise<boolean> {
  const from = stream * KEYS_PER_STREAM
  for (const table of [outbox, delivery]) {
    const left = await read
      .select({ key: table.key })
      .from(table)
      .where(and(gte(table.key, from), lt(table.key, from + KEYS_PER_STREAM)))
      .limit(1)
    if (left.length > 0) return true
  }
  return false
}

/** Whether a case still waits for something, or is stuck somewhere: a finished one as it should be does not. */
export async function isWaiting({ read, tables }: Readable, instanceKey: Key): Promise<boolean> {
  const { timer, subscription, signalSubscription, incident } = tables
  for (const table of [timer, subscription, signalSubscription]) {
    const left = await read.select({ key: table.key }).from(table).where(eq(table.instanceKey, instanceKey)).limit(1)
    if (left.length > 0) return true
  }
  const stuck = await read
    .select({ key: incident.key })
    .from(incident)
    .where(and(eq(incident.instanceKey, instanceKey), eq(incident.state, 'active')))
    .limit(1)
  return stuck.length > 0
}
