import { count, lte } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { WriterFigures } from './writer.ts'

/** What a host is doing, in numbers. Counts are since the start. */
export interface HostFigures extends WriterFigures {
  /** Requests of callers being worked on, and those turned away. */
  readonly inFlight: number
  readonly shed: number
  /** Writes that somebody else was faster with. */
  readonly conflicts: number
  readonly liveInstances: number
  /** Bytes the states in memory have as text: about a third of what they take. */
  readonly liveBytes: number
  readonly walBytes: number
  /** Bytes free on the disk; null where it is not watched. */
  readonly freeBytes: number | null
  readonly timersDue: number
  readonly outboxDue: number
  readonly outboxWaiting: number
  /** What failed for a reason of ours and is tried again later. */
  readonly retrying: number
}

/** Counts what is left to do in the database. */
export async function leftToDo(
  store: Store,
  now: number,
): Promise<Pick<HostFigures, 'timersDue' | 'outboxDue' | 'outboxWaiting'>> {
  const { timer, outbox } = store.tables
  const [timers] = await store.read.select({ n: count() }).from(timer).where(lte(timer.dueAt, now))
  const [due] = await store.read.select({ n: count() }).from(outbox).where(lte(outbox.dueAt, now))
  const [all] = await store.read.select({ n: count() }).from(outbox)
  return { timersDue: timers?.n ?? 0, outboxDue: due?.n ?? 0, outboxWaiting: all?.n ?? 0 }
}
