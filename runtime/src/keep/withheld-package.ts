import { unzipSync } from 'fflate'
import { readHeads, type TrailRecord } from '../audit/chain.ts'
import { filesIn } from '../file/reference.ts'
import { historyOf, LEFT, type LeftRecord, type PackedRow, zipOf } from './case-package.ts'

/** An archive package that was opened to leave something out of it. */
export interface OpenedPackage {
  /** Every record that is in it, and what erasures left of others. */
  readonly records: readonly TrailRecord[]
  /** The package without some records, which leave their digests, and without the files that only they name. It holds. */
  without(isWithheld: (record: TrailRecord) => boolean): Uint8Array<ArrayBuffer>
}

/** Opens a package that this server has made and whose digest it has compared. */
export function openPackage(content: Uint8Array): OpenedPackage {
  const entries = unzipSync(content)
  const read = (name: string) => JSON.parse(Buffer.from(entries[name]!).toString('utf8')) as unknown
  const { stream, rows } = read('case.json') as { stream: number; rows: readonly PackedRow[] }
  const left = entries[LEFT] ? (read(LEFT) as readonly LeftRecord[]) : []
  const { files: _, ...about } = read('manifest.json') as { files: object }
  return {
    records: [...rows.flatMap((row) => recordsOf(row).filter((record) => record !== null)), ...left],
    without(isWithheld) {
      const values: unknown[] = []
      const kept = rows.map((row) => ({
        ...row,
        records: recordsOf(row).map((record, i) => {
          if (record === null || isWithheld(record)) return null
          values.push(record.value)
          return row.records[i]!
        }),
      }))
      const leftKept = left.filter((record) => !isWithheld(record))
      values.push(...leftKept.map(({ value }) => value))
      const ids = new Set(values.flatMap((value) => filesIn(value as never).map(({ id }) => id)))
      const isKept = (name: string) =>
        !['manifest.json', LEFT].includes(name) && (!name.startsWith('files/') || ids.has(name.split('/')[1]!))
      const bytes = new Map(Object.entries(entries).filter(([name]) => isKept(name)))
      bytes.set('case.json', Buffer.from(JSON.stringify({ stream, rows: kept })))
      bytes.set('history.json', Buffer.from(JSON.stringify(historyOf(kept), null, 1)))
      if (leftKept.length > 0) bytes.set(LEFT, Buffer.from(JSON.stringify(leftKept)))
      return zipOf(about, bytes)
    },
  }
}

function recordsOf({ heads, records }: PackedRow): readonly (TrailRecord | null)[] {
  return (readHeads(heads) ?? []).map(([kind, key, version], i) => {
    const line = records[i]
    return line == null ? null : { kind, key, version, value: JSON.parse(line.slice(32)) as unknown }
  })
}
