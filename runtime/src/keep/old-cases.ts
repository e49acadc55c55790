import { setImmediate as nextTurn } from 'node:timers/promises'
import { KEYS_PER_STREAM, type Key } from '@bihuan/engine'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'

/** A finished case, as lists show it. */
export type Instance = Row<'processInstance'>

/** Cases read at once. */
const PAGE = 200
const ENDED = ['completed', 'terminated'] as const

/** What a case is told to be old by. */
type Ended = Pick<Instance, 'key' | 'startedAt' | 'endedAt'>

/**
 * Cases that ended up to a time, in the order of their keys, read by pages. Keys rise with the beginnings of cases: after
 * one that began too late none is looked at, since it has not ended early enough.
 */
async function* upTo<T extends Ended>(
  limit: number,
  pageAfter: (state: (typeof ENDED)[number], after: Key) => PromiseLike<readonly T[]>,
): AsyncGenerator<T> {
  for (const state of ENDED) {
    let after = 0
    for (;;) {
      const page = await pageAfter(state, after)
      for (const one of page) if (one.endedAt !== null && one.endedAt <= limit) yield one
      const last = page.at(-1)
      if (!last || page.length < PAGE || last.startedAt > limit) break
      after = last.key
      await nextTurn()
    }
  }
}

/** Cases that ended up to a time, at rest or not. */
export function endedBefore({ read, tables: { processInstance } }: Store, limit: number): AsyncGenerator<Instance> {
  return upTo(limit, (state, after) =>
    read
      .select()
      .from(processInstance)
      .where(and(eq(processInstance.state, state), gt(processInstance.key, after)))
      .orderBy(asc(processInstance.key))
      .limit(PAGE),
  )
}

/** Keys of those that are not at rest. Most are: they are passed over page by page, and others get their turn in between. */
export async function* awakeBefore({ read, tables }: Store, limit: number): AsyncGenerator<Key> {
  const { processInstance, restingCase } = tables
  const { key, startedAt, endedAt } = processInstance
  const pages = (state: (typeof ENDED)[number], after: Key) =>
    read
      .select({ key, startedAt, endedAt, resting: restingCase.stream })
      .from(processInstance)
      .leftJoin(restingCase, eq(restingCase.stream, sql`${key} / ${sql.raw(String(KEYS_PER_STREAM))}`))
      .where(and(eq(processInstance.state, state), gt(key, after)))
      .orderBy(asc(key))
      .limit(PAGE)
  for await (const one of upTo(limit, pages)) if (one.resting === null) yield one.key
}
