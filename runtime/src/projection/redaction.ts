import type { Json } from '@bihuan/engine'
import { and, asc, eq } from 'drizzle-orm'
import { readRecords, type TrailRecord } from '../audit/chain.ts'
import { ERASE } from '../audit/erased-lines.ts'
import type { Store } from '../db/store.ts'

/** Stream of security. */
const SECURITY = 5
/** The fact that says what an erasure left of the records. */
export const REDACTED = 'case.redacted'

/** What is left of an erased record when the data in question is taken out. */
export interface RedactedRecord {
  readonly sequence: number
  /** Its place in the row: 0 is the command. */
  readonly index: number
  readonly value: Json
}

/** What a fact of `REDACTED` says. */
export interface Redaction {
  readonly stream: number
  readonly records: readonly RedactedRecord[]
}

/**
 * What is left of the erased records of cases. The erased line is gone for good and the chain holds by its digest; what
 * the tables still show follows from these.
 */
export class Redactions {
  readonly #left = new Map<string, Json>()

  /** Reads those of all cases, or of one stream. */
  static async read(
    { read, tables: { trail, payload } }: Pick<Store, 'read' | 'tables'>,
    only?: number,
  ): Promise<Redactions> {
    const found = new Redactions()
    const rows = await read
      .select({ heads: trail.heads, records: payload.records })
      .from(trail)
      .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
      .where(and(eq(trail.stream, SECURITY), eq(trail.kind, ERASE)))
      .orderBy(asc(trail.sequence))
    for (const { heads, records } of rows)
      for (const record of readRecords(heads, records)) {
        if (record?.kind !== REDACTED) continue
        const { stream, records: left } = record.value as Redaction
        if (only !== undefined && stream !== only) continue
        for (const { sequence, index, value } of left) found.#left.set(placeOf(stream, sequence, index), value)
      }
    return found
  }

  /** The value that is left of a record; undefined when nothing is. */
  of(stream: number, sequence: number, index: number): Json | undefined {
    return this.#left.get(placeOf(stream, sequence, index))
  }

  /** The records of a row, with what is left in the place of those that were erased. */
  fill(
    { stream, sequence }: { readonly stream: number; readonly sequence: number },
    heads: readonly (readonly [kind: string, key: number | null, version: number, digest: string])[],
    records: readonly (TrailRecord | null)[],
  ): readonly (TrailRecord | null)[] {
    if (!records.includes(null)) return records
    return records.map((record, index) => {
      if (record !== null) return record
      const value = this.of(stream, sequence, index)
      const [kind, key, version] = heads[index]!
      return value === undefined ? null : { kind, key, version, value }
    })
  }
}

const placeOf = (stream: number, sequence: number, index: number): string => `${stream}.${sequence}.${index}`
