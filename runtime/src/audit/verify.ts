import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, type Column, eq, gte, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { type ArchivedStream, archivedStreams } from './archived.ts'
import { ArchivedWalk } from './archived-walk.ts'
import { type Break, ChainWalk } from './chain-walk.ts'
import { readErasedLines } from './erased-lines.ts'
import { walkResting } from './resting-walk.ts'

export type { Break } from './chain-walk.ts'

export interface Verification {
  readonly intact: boolean
  readonly streams: number
  readonly rows: number
  /** Records whose content has been erased by law; their digests still hold. */
  readonly erased: number
  /** Streams whose rows were moved to archive packages, and how many rows: their leaves are there. */
  readonly archived: { readonly streams: number; readonly rows: number }
  /** The first break of each broken stream, by stream. */
  readonly breaks: readonly Break[]
}

type Readable = Pick<Store, 'read' | 'tables'>

const PAGE = 500
/** Rows without a partner that are named. */
const ORPHANS = 100
/** Leaves of rows that are gone, read at once. */
const LEAVES = 2_000

/**
 * Reads the whole trail (or one stream) in order and checks every row against its own hash, its predecessor, its payload,
 * the leaf it was sealed as and the head of its stream. Changes nothing. Stops after `most` rows, rounded up to a page,
 * and then does not look at what follows. Others get their turn between pages.
 */
export async function verifyTrail(
  store: Readable,
  only?: number,
  most = Number.POSITIVE_INFINITY,
): Promise<Verification> {
  return verifyStreams(store, only === undefined ? allStreams : { from: only, to: only }, most)
}

/** Streams by their numbers, both included. */
export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Every stream, those of numbers that none can have among them: nobody else would see their rows. It begins after the
 * least number there is, so that one can be named that stands before it.
 */
export const allStreams: Range = { from: Number.MIN_SAFE_INTEGER + 1, to: Number.MAX_SAFE_INTEGER }

/** Up to the last stream of a range; that of all streams has none. */
const upTo = (column: Column, to: number): SQL | undefined => (to === allStreams.to ? undefined : lte(column, to))

/** Where a range begins: before every row of its first stream, those of sequences that cannot be among them. */
const beforeAll = ({ from }: Range): Place => ({ stream: from, sequence: Number.MIN_SAFE_INTEGER })

/** The same for the streams of a range. */
export async function verifyStreams(
  store: Readable,
  streams: Range,
  most = Number.POSITIVE_INFINITY,
): Promise<Verification> {
  const { trail, payload, stream: heads, leaf } = store.tables
  const known = await store.read
    .select()
    .from(heads)
    .where(and(gte(heads.stream, streams.from), upTo(heads.stream, streams.to)))
  const archived = await archivedStreams(store, streams)
  const isErased = await readErasedLines(store, streams)
  const walk = new ChainWalk(new Map(known.map((head) => [head.stream, head])), isErased, archived)
  let isWhole = true
  let after = beforeAll(streams)
  for (;;) {
    const page = await store.read
      .select({ row: trail, records: payload.records, sealed: leaf.hash })
      .from(trail)
      .leftJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
      .leftJoin(leaf, and(eq(leaf.stream, trail.stream), eq(leaf.sequence, trail.sequence)))
      .where(
        and(
          sql`(${trail.stream}, ${trail.sequence}) > (${after.stream}, ${after.sequence})`,
          upTo(trail.stream, streams.to),
        ),
      )
      .orderBy(asc(trail.stream), asc(trail.sequence))
      .limit(PAGE)
    for (const one of page) walk.take(one)
    const last = page.at(-1)
    if (!last) break
    if (walk.rows >= most && page.length === PAGE) {
      isWhole = false
      break
    }
    after = { stream: last.row.stream, sequence: last.row.sequence }
    await nextTurn()
  }
  if (isWhole) isWhole = await walkResting(store, streams, walk, most)
  if (isWhole) walk.end()
  for (const [stream, sequence] of walk.beyond) {
    const [now] = await store.read.select().from(heads).where(eq(heads.stream, stream))
    const before = known.find((head) => head.stream === stream)
    if ((now?.sequence ?? 0) < sequence) walk.report(stream, (before?.sequence ?? 0) + 1, 'head')
  }
  for (const orphan of await payloadsWithoutRow(store, streams))
    walk.report(orphan.stream, orphan.sequence, 'payloadWithoutRow')
  if (isWhole) await checkLeaves(store, streams, archived, walk)
  const { breaks, rows, erased } = walk
  return {
    intact: breaks.length === 0,
    streams: walk.streams,
    rows,
    erased,
    archived: sumOf(archived),
    breaks,
  }
}

interface Place {
  readonly stream: number
  readonly sequence: number
}

async function payloadsWithoutRow(store: Readable, { from, to }: Range): Promise<readonly Place[]> {
  const { trail, payload } = store.tables
  return store.read
    .select({ stream: payload.stream, sequence: payload.sequence })
    .from(payload)
    .leftJoin(trail, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(gte(payload.stream, from), upTo(payload.stream, to), isNull(trail.sequence)))
    .orderBy(asc(payload.stream), asc(payload.sequence))
    .limit(ORPHANS)
}

interface OrphanLeaf extends Place {
  readonly hash: string
}

/**
 * Leaves of rows that are neither in the trail nor at rest: of archived streams every one has to be there, and of others
 * none.
 */
async function checkLeaves(
  store: Readable,
  streams: Range,
  archived: ReadonlyMap<number, ArchivedStream>,
  walk: ChainWalk,
): Promise<void> {
  const left = new ArchivedWalk(archived, walk)
  let named = 0
  for (let after = beforeAll(streams); ; ) {
    const page = await leavesWithoutRow(store, streams, after)
    for (const leaf of page)
      if (!left.take(leaf)) {
        walk.report(leaf.stream, leaf.sequence, 'leafWithoutRow')
        named += 1
      }
    const last = page.at(-1)
    if (!last || page.length < LEAVES || named >= ORPHANS) break
    after = last
    await nextTurn()
  }
  left.end()
}

async function leavesWithoutRow(store: Readable, { to }: Range, after: Place): Promise<readonly OrphanLeaf[]> {
  const { trail, leaf, restingCase } = store.tables
  return store.read
    .select({ stream: leaf.stream, sequence: leaf.sequence, hash: leaf.hash })
    .from(leaf)
    .leftJoin(trail, and(eq(leaf.stream, trail.stream), eq(leaf.sequence, trail.sequence)))
    .leftJoin(restingCase, eq(restingCase.stream, leaf.stream))
    .where(
      and(
        sql`(${leaf.stream}, ${leaf.sequence}) > (${after.stream}, ${after.sequence})`,
        upTo(leaf.stream, to),
        isNull(trail.sequence),
        isNull(restingCase.stream),
      ),
    )
    .orderBy(asc(leaf.stream), asc(leaf.sequence))
    .limit(LEAVES)
}

function sumOf(archived: ReadonlyMap<number, ArchivedStream>): Verification['archived'] {
  return { streams: archived.size, rows: [...archived.values()].reduce((sum, { rows }) => sum + rows, 0) }
}
