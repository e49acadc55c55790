import { and, asc, eq, gte, lt } from 'drizzle-orm'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { readHeads, readTexts } from './chain.ts'

/** Stream of security. */
const SECURITY = 5
const KEYS = 2 ** 20

/** The command that moves a case to a package, and the fact that says where it went. */
export const ARCHIVE = 'case.archive'
export const ARCHIVED = 'case.archived' as const

/** What the fact says: the row of the table without its key and time, and who could see the case. */
export interface ArchivedValue extends Omit<Row<'archivedCase'>, 'key' | 'archivedAt'> {
  readonly readers: readonly Omit<Row<'archivedReader'>, 'instanceKey'>[]
}

/** A stream whose rows were moved to a package. */
export type ArchivedStream = Pick<Row<'archivedCase'>, 'rows' | 'hash' | 'path' | 'bytes' | 'digest' | 'number'>

/**
 * Streams that were moved to packages, as the stream of security says: whoever takes rows out of the trail and writes to
 * the table of archived cases has not archived a case. A row that cannot be read names none.
 */
export async function archivedStreams(
  { read, tables: { trail, payload, archivedCase } }: Pick<Store, 'read' | 'tables'>,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: Number.MAX_SAFE_INTEGER },
): Promise<ReadonlyMap<number, ArchivedStream>> {
  // The table only says whether it is worth looking: without its row a case that is gone is not an archived one.
  const hint = await read
    .select({ key: archivedCase.key })
    .from(archivedCase)
    .where(
      and(
        gte(archivedCase.key, Math.max(from * KEYS, 0)),
        lt(archivedCase.key, Math.min((to + 1) * KEYS, Number.MAX_SAFE_INTEGER)),
      ),
    )
    .limit(1)
  if (hint.length === 0) return new Map()
  const rows = await read
    .select({ heads: trail.heads, records: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(eq(trail.stream, SECURITY), eq(trail.kind, ARCHIVE)))
    .orderBy(asc(trail.sequence))
  const found = new Map<number, ArchivedStream>()
  for (const { heads, records } of rows)
    for (const { key, value } of movesOf(heads, records)) {
      const stream = Math.floor(key / KEYS)
      if (stream >= from && stream <= to) found.set(stream, value)
    }
  return found
}

interface Move {
  readonly key: number
  readonly value: ArchivedStream
}

/** The moves a row tells of. What of it cannot be read tells of none: the row is judged with the others. */
function movesOf(heads: string, payload: string): readonly Move[] {
  const kept = readHeads(heads)
  const texts = readTexts(payload)
  if (!kept || kept.length !== texts?.length) return []
  return kept.flatMap(([kind, key], i) => {
    const value = kind === ARCHIVED ? parsed(texts[i]?.text) : null
    return key !== null && isArchivedStream(value) ? [{ key, value }] : []
  })
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

function isArchivedStream(value: unknown): value is ArchivedStream {
  if (typeof value !== 'object' || value === null) return false
  const { rows, hash, path, bytes, digest, number } = value as { readonly [name in keyof ArchivedStream]?: unknown }
  return (
    [rows, bytes].every(Number.isSafeInteger) &&
    [hash, path, digest].every((text) => typeof text === 'string') &&
    (number === null || typeof number === 'string')
  )
}
