import { Rejection } from '@bihuan/engine'
import { and, count, desc, eq, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { Notifications } from '../contract/contract.ts'
import { readCursor, time, timeOrNull, wireKey, writeCursor } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'
import type { Person } from '../identity/who.ts'

const PAGE = 50

/** What a person was told in the app, newest first, and how much of it he has not read. */
export async function readNotifications(
  store: Store,
  person: Person,
  cursor: string | undefined,
  now: number,
): Promise<Notifications> {
  const { notification: t } = store.tables
  const from = readCursor(cursor)
  const before = from && or(lt(t.createdAt, from.at), and(eq(t.createdAt, from.at), lt(t.jobKey, from.key)))
  const rows = await store.read
    .select()
    .from(t)
    .where(and(ofPerson(store, person), before ?? undefined))
    .orderBy(desc(t.createdAt), desc(t.jobKey))
    .limit(PAGE + 1)
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return {
    items: items.map(({ jobKey, instanceKey, title, text, createdAt, readAt }) => ({
      key: wireKey(jobKey),
      caseKey: wireKey(instanceKey),
      title,
      text,
      at: time(createdAt),
      readAt: timeOrNull(readAt),
    })),
    unread: await countUnread(store, person),
    next: rows.length > PAGE && last ? writeCursor({ at: last.createdAt, key: last.jobKey }) : null,
    now: time(now),
  }
}

/** How much of what he was told in the app a person has not read. */
export async function countUnread(store: Store, person: Person): Promise<number> {
  const [unread] = await store.read
    .select({ n: count() })
    .from(store.tables.notification)
    .where(and(ofPerson(store, person), isNull(store.tables.notification.readAt)))
  return unread?.n ?? 0
}

/**
 * Notes that a person has read one of his notifications, or all of them. A second time changes nothing. Throws
 * `NOT_FOUND`.
 */
export async function markRead(store: Store, person: Person, key: number | 'all', at: number): Promise<void> {
  const { notification: t } = store.tables
  const which = key === 'all' ? undefined : eq(t.jobKey, key)
  if (which) {
    const [found] = await store.read
      .select({ key: t.jobKey })
      .from(t)
      .where(and(ofPerson(store, person), which))
    if (!found) throw new Rejection('NOT_FOUND')
  }
  await store.single
    .update(t)
    .set({ readAt: at })
    .where(and(ofPerson(store, person), which, isNull(t.readAt)))
}

function ofPerson({ tables: { notification: t } }: Store, person: Person): SQL | undefined {
  return and(eq(t.channel, 'app'), eq(t.receiver, person.id))
}
