import type { Json, Variables } from '@bihuan/engine'
import { and, eq, like } from 'drizzle-orm'
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

/** Keeps what was sent before it is judged, so that nobody types twice after a refusal (E05). */
export type Keep = (about: string, answers: { readonly [name: string]: unknown }) => Promise<unknown>

/** How what a person has typed into a form is kept. */
export const keepTyped =
  (services: Services, personId: string): Keep =>
  (about, answers) =>
    saveDraft(services, personId, about, { ...answers })

/** What a program sends in his name was not typed: it leaves his drafts alone. */
export const keepNothing: Keep = async () => {}

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

/** When a person kept what he has typed into start forms, by process. */
export async function startDraftTimes({ store }: Services, personId: string): Promise<ReadonlyMap<string, string>> {
  const { draft } = store.tables
  const begins = aboutStart('')
  const rows = await store.read
    .select({ about: draft.about, savedAt: draft.savedAt })
    .from(draft)
    .where(and(eq(draft.personId, personId), like(draft.about, `${begins}%`)))
  return new Map(rows.map((row) => [row.about.slice(begins.length), time(row.savedAt)]))
}

export async function dropDraft({ store }: Services, personId: string, about: string): Promise<void> {
  const { draft } = store.tables
  await store.single.delete(draft).where(and(eq(draft.personId, personId), eq(draft.about, about)))
}
