import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gt, lte } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import type { ChainWalk } from './chain-walk.ts'
import { unpack } from './pack.ts'

type Readable = Pick<Store, 'read' | 'tables'>

/** Packs read at once. */
const PAGE = 50

/**
 * Walks the rows of cases at rest, stream by stream, as those of the trail are walked: each by its hash, its predecessor,
 * what it says and the leaf it was sealed as. Stops after `most` rows of the walk, rounded up to a case; gives whether it
 * came to the end.
 */
export async function walkResting(
  store: Readable,
  streams: { readonly from: number; readonly to: number },
  walk: ChainWalk,
  most: number,
): Promise<boolean> {
  const { restingCase } = store.tables
  for (let after = streams.from - 1; ; ) {
    const page = await store.read
      .select()
      .from(restingCase)
      .where(and(gt(restingCase.stream, after), lte(restingCase.stream, streams.to)))
      .orderBy(asc(restingCase.stream))
      .limit(PAGE)
    for (const one of page) {
      if (walk.rows >= most) return false
      await walkOne(store, one, walk)
    }
    const last = page.at(-1)
    if (!last) return true
    after = last.stream
    await nextTurn()
  }
}

async function walkOne(
  { read, tables: { leaf } }: Readable,
  { stream, rows, pack }: { readonly stream: number; readonly rows: number; readonly pack: Uint8Array },
  walk: ChainWalk,
): Promise<void> {
  const lines = (() => {
    try {
      return unpack(stream, pack)
    } catch {
      return null
    }
  })()
  if (lines === null || lines.length !== rows || walk.hasSeen(stream)) {
    walk.skip(stream, 'pack')
    return
  }
  const leaves = await read
    .select({ sequence: leaf.sequence, hash: leaf.hash })
    .from(leaf)
    .where(eq(leaf.stream, stream))
    .orderBy(asc(leaf.sequence))
  const sealed = new Map(leaves.map(({ sequence, hash }) => [sequence, hash]))
  for (const { row, records } of lines) walk.take({ row, records, sealed: sealed.get(row.sequence) ?? null })
  for (const { sequence } of leaves) if (sequence > lines.length) walk.report(stream, sequence, 'leafWithoutRow')
}
