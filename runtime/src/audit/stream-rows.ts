import { and, asc, eq } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { type TrailLine, unpack } from './pack.ts'

type Readable = Pick<Store, 'read' | 'tables'>

/** The pack of a case at rest; null when it is not at rest. */
export async function packOf({ read, tables: { restingCase } }: Readable, stream: number): Promise<Uint8Array | null> {
  const [found] = await read
    .select({ pack: restingCase.pack })
    .from(restingCase)
    .where(eq(restingCase.stream, stream))
    .limit(1)
  return found?.pack ?? null
}

/**
 * All rows of a stream in their order, at rest or not. A case may be put to rest, or woken, between two looks: then it is
 * found where it went. Throws `PackDamaged`.
 */
export async function readStream(store: Readable, stream: number): Promise<readonly TrailLine[]> {
  const rows = await awakeRows(store, stream)
  if (rows.length > 0) return rows
  const pack = await packOf(store, stream)
  return pack ? unpack(stream, pack) : awakeRows(store, stream)
}

async function awakeRows({ read, tables }: Readable, stream: number): Promise<readonly TrailLine[]> {
  const { trail, payload } = tables
  const rows = await read
    .select({ row: trail, records: payload.records })
    .from(trail)
    .leftJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(eq(trail.stream, stream))
    .orderBy(asc(trail.sequence))
  // A payload that is gone is no payload of any row: whoever reads it finds that it does not fit.
  return rows.map(({ row, records }) => ({ row, records: records ?? '' }))
}

/** One row of a stream, at rest or not; null when there is none. Throws `PackDamaged`. */
export async function readRow(store: Readable, stream: number, sequence: number): Promise<TrailLine | null> {
  const { trail, payload } = store.tables
  const [found] = await store.read
    .select({ row: trail, records: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(eq(trail.stream, stream), eq(trail.sequence, sequence)))
  return found ?? (await readStream(store, stream))[sequence - 1] ?? null
}

/** The hash of a row, at rest or not; null when there is none. That of a sealed row stands beside the pack, too. */
export async function hashOf(store: Readable, stream: number, sequence: number): Promise<string | null> {
  const { trail, leaf } = store.tables
  for (const table of [trail, leaf]) {
    const [found] = await store.read
      .select({ hash: table.hash })
      .from(table)
      .where(and(eq(table.stream, stream), eq(table.sequence, sequence)))
      .limit(1)
    if (found) return found.hash
  }
  return (await readRow(store, stream, sequence))?.row.hash ?? null
}
