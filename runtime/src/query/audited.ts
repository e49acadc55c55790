import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, desc, eq, gte, lt, lte, or, type SQL } from 'drizzle-orm'
import { PackDamaged, type TrailLine, unpack } from '../audit/pack.ts'
import { packOf } from '../audit/stream-rows.ts'
import type { AuditedRows, TrailPart } from '../contract/trail.ts'
import { readNumbers, writeNumbers } from '../contract/wire.ts'
import type { Store } from '../db/store.ts'
import { systemStreams } from '../host/system-stream.ts'
import { streamOf } from '../work/case-data.ts'
import { casesOf, describeAudited, type Found, partOf } from './audited-row.ts'

const PAGE = 50
/** Rows, and cases at rest, looked through for one page: a rare kind is found by asking again, and holds up nobody. */
const WINDOW = 2_000
const RESTING = 50

/** What rows are looked for by; null and empty for all. */
export interface AuditedSearch {
  readonly part: TrailPart | null
  /** Kind of the command. */
  readonly kind: string
  /** Id of a person, a system outside or a part of this one. */
  readonly actor: string
  /** Number of a case, the whole of it. */
  readonly number: string
  /** Written at or after this time (ms), and before that one. */
  readonly from: number | null
  readonly before: number | null
}

/** Where a page ended: time, stream and sequence of the last row that was looked at. */
type Place = readonly [at: number, stream: number, sequence: number]
/** In the place of a time: cases at rest are gone through by their streams, the newest first. */
const AT_REST = -1
const FIRST_AT_REST: Place = [AT_REST, Number.MAX_SAFE_INTEGER, 0]

interface Page {
  readonly rows: readonly Found[]
  readonly next: Place | null
}

/**
 * One page of the trail, the newest row first: one stream by its sequence, several by their times, and after them those
 * of cases at rest, case by case.
 */
export async function readAudited(
  store: Store,
  search: AuditedSearch,
  cursor: string | undefined,
): Promise<AuditedRows> {
  const [at, stream, sequence] = readNumbers(cursor, 3) ?? []
  const place: Place | null =
    at === undefined || stream === undefined || sequence === undefined ? null : [at, stream, sequence]
  const { rows, next } = await findRows(store, search, place)
  return { items: await describeAudited(store, rows), next: next && writeNumbers(...next) }
}

async function findRows(store: Store, search: AuditedSearch, place: Place | null): Promise<Page> {
  const { part, number } = search
  if (number === '') {
    if (place?.[0] === AT_REST) return findAtRest(store, search, place)
    const stream = part === null || part === 'cases' ? null : systemStreams[part]
    const found = await findAwake(store, search, stream, place)
    const isLast = found.next === null && stream === null && (await hasResting(store))
    return isLast ? { ...found, next: FIRST_AT_REST } : found
  }
  const stream = part === null || part === 'cases' ? await streamNumbered(store, number) : null
  if (stream === null) return { rows: [], next: null }
  const atRest = await lookIn(store, search, stream, place?.[2] ?? null)
  return atRest ? pageOf(atRest) : findAwake(store, search, stream, place)
}

async function streamNumbered({ read, tables: { processInstance } }: Store, number: string): Promise<number | null> {
  const [found] = await read
    .select({ key: processInstance.key })
    .from(processInstance)
    .where(eq(processInstance.number, number))
  return found ? streamOf(found.key) : null
}

async function findAwake(
  store: Store,
  search: AuditedSearch,
  stream: number | null,
  place: Place | null,
): Promise<Page> {
  const seen = await window(store, search, stream, place)
  const fits = seen.filter((row) => isSearched(row, search))
  const rows = fits.slice(0, PAGE)
  const last = fits.length > PAGE ? rows.at(-1) : seen.length === WINDOW ? seen.at(-1) : undefined
  return { rows, next: last ? [last.at, last.stream, last.sequence] : null }
}

/** The next rows in the order of the index that leads there; what else is asked for is looked at row by row. */
function window(
  { read, tables: { trail } }: Store,
  { actor, from, before }: AuditedSearch,
  stream: number | null,
  place: Place | null,
): PromiseLike<Found[]> {
  const [at, ofStream, sequence] = place ?? [0, 0, 0]
  const isOn = place !== null
  const rows = read
    .select({
      stream: trail.stream,
      sequence: trail.sequence,
      at: trail.at,
      kind: trail.kind,
      actorId: trail.actorId,
    })
    .from(trail)
  if (stream !== null)
    return rows
      .where(and(eq(trail.stream, stream), isOn ? lt(trail.sequence, sequence) : undefined))
      .orderBy(desc(trail.sequence))
      .limit(WINDOW)
  const after: SQL | undefined = isOn
    ? and(
        lte(trail.at, at),
        or(lt(trail.at, at), lt(trail.stream, ofStream), and(eq(trail.stream, ofStream), lt(trail.sequence, sequence))),
      )
    : undefined
  return rows
    .where(
      and(
        actor === '' ? undefined : eq(trail.actorId, actor),
        from === null ? undefined : gte(trail.at, from),
        before === null ? undefined : lt(trail.at, before),
        after,
      ),
    )
    .orderBy(desc(trail.at), desc(trail.stream), desc(trail.sequence))
    .limit(WINDOW)
}

async function hasResting({ read, tables: { restingCase } }: Store): Promise<boolean> {
  return (await read.select({ stream: restingCase.stream }).from(restingCase).limit(1)).length > 0
}

/** Rows of the next cases at rest, the newest case first; only of those that were under way between the days asked for. */
async function findAtRest(store: Store, search: AuditedSearch, [, from, sequence]: Place): Promise<Page> {
  const { restingCase } = store.tables
  const next = await store.read
    .select({ stream: restingCase.stream })
    .from(restingCase)
    .where(sequence === 0 ? lt(restingCase.stream, from) : lte(restingCase.stream, from))
    .orderBy(desc(restingCase.stream))
    .limit(RESTING)
  const streams = next.map(({ stream }) => stream)
  const cases = await casesOf(store, streams)
  const found: Found[] = []
  for (const stream of streams) {
    const { startedAt = 0, endedAt = null } = cases.get(stream) ?? {}
    const isBefore = search.before === null || startedAt < search.before
    const isAfter = search.from === null || endedAt === null || endedAt >= search.from
    if (!isBefore || !isAfter) continue
    found.push(...((await lookIn(store, search, stream, stream === from ? sequence : null)) ?? []))
    if (found.length > PAGE) return pageOf(found)
    await nextTurn()
  }
  const last = streams.length === RESTING ? streams.at(-1) : undefined
  return { rows: found, next: last === undefined ? null : [AT_REST, last, 0] }
}

/** A page of what was found in cases at rest, and where to go on in them. */
function pageOf(found: readonly Found[]): Page {
  const rows = found.slice(0, PAGE)
  const last = found.length > PAGE ? rows.at(-1) : undefined
  return { rows, next: last ? [AT_REST, last.stream, last.sequence] : null }
}

/** Rows of a case at rest that fit, the last first, before a sequence; null for a case that is not at rest. */
async function lookIn(
  store: Store,
  search: AuditedSearch,
  stream: number,
  before: number | null,
): Promise<readonly Found[] | null> {
  const pack = await packOf(store, stream)
  if (!pack) return null
  return linesOf(stream, pack)
    .map(({ row }): Found => ({ ...row, atRest: row }))
    .filter((row) => (before === null || row.sequence < before) && isSearched(row, search))
    .reverse()
}

/** None for a pack that is damaged: others are not hidden by it, and `bihuan verify` names it. */
function linesOf(stream: number, pack: Uint8Array): readonly TrailLine[] {
  try {
    return unpack(stream, pack)
  } catch (error) {
    if (error instanceof PackDamaged) return []
    throw error
  }
}

const isSearched = (row: Found, { part, kind, actor, from, before }: AuditedSearch): boolean =>
  (part === null || partOf(row.stream) === part) &&
  (kind === '' || row.kind === kind) &&
  (actor === '' || row.actorId === actor) &&
  (from === null || row.at >= from) &&
  (before === null || row.at < before)
