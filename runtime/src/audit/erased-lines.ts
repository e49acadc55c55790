import { and, asc, eq } from 'drizzle-orm'
import type { Store } from '../db/store.ts'
import { readHeads, readTexts } from './chain.ts'

/** Stream of security. */
const SECURITY = 5

/** The command that erases: it says which lines it emptied. */
export const ERASE = 'case.erase'

/** A line of a payload by its place; index 0 is the command of its row. */
export type ErasedLine = readonly [stream: number, sequence: number, index: number]

/** Whether an erasure says that it emptied a line. */
export type IsErased = (stream: number, sequence: number, index: number) => boolean

/**
 * The lines that were emptied by erasures, as the stream of security says: an empty line that it does not name was taken
 * away by somebody else. What of that stream cannot be read names nothing; its row is judged with the others.
 */
export async function readErasedLines(
  { read, tables: { trail, payload } }: Pick<Store, 'read' | 'tables'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<IsErased> {
  const rows = await read
    .select({ heads: trail.heads, records: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(eq(trail.stream, SECURITY), eq(trail.kind, ERASE)))
    .orderBy(asc(trail.sequence))
  const places = new Set<string>()
  for (const { heads, records } of rows)
    for (const [stream, sequence, index] of linesOf(heads, records))
      if (stream >= from && stream <= to) places.add(`${stream}.${sequence}.${index}`)
  return (stream, sequence, index) => places.has(`${stream}.${sequence}.${index}`)
}

/** What the command of an erasure says it emptied. */
function linesOf(heads: string, records: string): readonly ErasedLine[] {
  const command = readTexts(records)?.[0]
  if (!command || readHeads(heads)?.[0]?.[0] !== ERASE) return []
  try {
    const { lines } = JSON.parse(command.text) as { lines?: unknown }
    return Array.isArray(lines) ? lines.filter(isLine) : []
  } catch {
    return []
  }
}

const isLine = (line: unknown): line is ErasedLine =>
  Array.isArray(line) && line.length === 3 && line.every((part) => Number.isSafeInteger(part))
