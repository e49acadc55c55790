import { eq, or } from 'drizzle-orm'
import type { Store } from '../db/store.ts'

/** Ids to try: the one wanted, unless counting begins at once, then with a number behind it. */
function* candidates(wanted: string, from: number | null): Generator<string> {
  if (from === null) yield wanted
  const base = wanted.replace(/_\d{1,6}$/, '').slice(0, 190)
  for (let count = from ?? 2; ; count += 1) yield `${base}_${count}`
}

/**
 * An id of no package and no process: the one wanted, or it with the first number that is free. With `from` it always
 * gets a number, counted from there.
 */
export async function freeId(store: Store, wanted: string, from: number | null = null): Promise<string> {
  const { package: packages, processDefinition: t } = store.tables
  for (const id of candidates(wanted, from)) {
    const [known] = await store.read.select({ id: packages.id }).from(packages).where(eq(packages.id, id)).limit(1)
    const [deployed] = await store.read
      .select({ key: t.key })
      .from(t)
      .where(or(eq(t.processId, id), eq(t.packageId, id)))
      .limit(1)
    if (!known && !deployed) return id
  }
  throw new Error('Expected numbers without end')
}
