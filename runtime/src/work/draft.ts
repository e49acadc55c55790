import type { Json, Variables } from '@bihuan/engine'
import { and, eq } from 'drizzle-orm'
import { time } from '../contract/wire.ts'
import type { Services } from '../services.ts'

export const aboutTask = (key: number) => `task:${key}`
export const aboutStart = (processId: string) => `start:${processId}`
export const aboutAction = (key: number) => `action:${key}`

/** Keeps what a person has typed. Gives the time it was kept. */
export async function saveDraft(
  { store, host }: Services,
  personId: string,
  about: string,
  answers: { [name: string]: unknown },
): Promise<string> {
  const { draft } = store.tables
  const row = { personId, about, answers: answers as Variables, savedAt: host.clock.now() }
  await store.single
    .insert(draft)
    .values(row)
    .onConflictDoUpdate({ target: [draft.personId, draft.about], set: { answers: row.answers, savedAt: row.savedAt } })
  return time(row.savedAt)
}

export async function findDraft(
  { store }: Services,
  personId: string,
  about: string,
): Promise<{ answers: { [name: string]: Json }; savedAt: string } | null> {
  const { draft } = store.tables
  const [row] = await store.read
    .select()
    .from(draft)
    .where(and(eq(draft.personId, personId), eq(draft.about, about)))
    .limit(1)
  return row ? { answers: row.answers, savedAt: time(row.savedAt) } : null
}

export async function dropDraft({ store }: Services, personId: string, about: string): Promise<void> {
  const { draft } = store.tables
  await store.single.delete(draft).where(and(eq(draft.personId, personId), eq(draft.about, about)))
}
