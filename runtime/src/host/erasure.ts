import { type Actor, type Json, Rejection } from '@bihuan/engine'
import { and, asc, eq, getTableColumns, inArray, ne } from 'drizzle-orm'
import { readHeads, readRecords, readTexts, type TrailRecord } from '../audit/chain.ts'
import { ERASE } from '../audit/erased-lines.ts'
import { Holding, namesIn } from '../audit/holding.ts'
import { removeOfCase } from '../db/of-case.ts'
import { type RowChange, remove, upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import { openStates } from '../db/schema/process-instance.ts'
import type { Store } from '../db/store.ts'
import { rebuiltTables } from '../projection/rebuild.ts'
import { REDACTED, type RedactedRecord, Redactions } from '../projection/redaction.ts'
import { StreamReplay } from '../projection/stream-replay.ts'
import type { Clock } from './clock.ts'
import { besides, draftsOf, type Emptied, emptied, formerRedactions, messagePayloads } from './erased-copies.ts'
import { streamOf } from './live-instance.ts'
import type { SystemStream } from './system-stream.ts'

/** What is to be erased of a finished case. */
export interface ErasureRequest {
  /** Key of the process instance. */
  readonly key: number
  /** Names of variables; null for all of them, and every free text. */
  readonly fields: readonly string[] | null
  /** Why, for the record: without personal data. */
  readonly reason: string
  readonly actor: Actor
  readonly requestId: string
}

export interface Erasure {
  /** Records whose content is gone. */
  readonly records: number
  /** Answers that were typed and not handed in: they are gone, too. */
  readonly drafts: number
  /** Digests of files that nothing names any more: their bytes are to be removed (`fileRemoval`). */
  readonly files: readonly string[]
}

interface Surroundings {
  readonly store: Store
  readonly clock: Clock
  /** The stream of security. */
  readonly security: SystemStream
  /** Forgets a case that is in memory. */
  readonly forget: (stream: number) => void
}

/** A row of the case with its records, those erased before filled with what was left of them. */
interface ErasableRow {
  readonly row: Row<'trail'>
  readonly lines: string
  readonly records: readonly (TrailRecord | null)[]
}

/**
 * Erases data of a finished case: payload and salts of the records that hold it, and what follows from them in tables,
 * snapshots, drafts, buffered messages and answered requests, in one unit with a record of it in the stream of security.
 * What is left of the records stands in that record, and the tables of the case are made anew from it. Chain and proofs
 * hold as before. Throws `NOT_FOUND`, `CASE_NOT_FINISHED`.
 */
export async function eraseCase(around: Surroundings, request: ErasureRequest): Promise<Erasure> {
  const { store, clock, security, forget } = around
  const { key, fields, reason, actor, requestId } = request
  const { processInstance } = store.tables
  const [instance] = await store.read.select().from(processInstance).where(eq(processInstance.key, key))
  if (!instance) throw new Rejection('NOT_FOUND')
  if (openStates.includes(instance.state)) throw new Rejection('CASE_NOT_FINISHED')
  const stream = streamOf(key)
  const redactions = await Redactions.read(store, stream)
  const rows = await rowsOf(store, stream, redactions)
  const holding = holdingOf(rows, fields)
  const left: RedactedRecord[] = []
  const taken: Emptied[] = []
  let count = 0
  const redacted = rows.map(({ row, lines, records }) => {
    const texts = readTexts(lines) ?? []
    const held = new Set<number>()
    const now = records.map((record, index) => {
      if (record === null) return null
      const isErased = texts[index] === null
      if (!holding.holds(record.value)) {
        if (isErased) left.push({ sequence: row.sequence, index, value: record.value as Json })
        return record
      }
      held.add(index)
      // Of a record that was erased before, what was left of it is erased now.
      count += 1
      const value = holding.redacted(record.value)
      left.push({ sequence: row.sequence, index, value })
      return { ...record, value }
    })
    taken.push(emptied({ stream, sequence: row.sequence, lines }, (index) => held.has(index)))
    return { row, records: now }
  })
  const drafts = await draftsOf(store, key, rows)
  const isTyped = drafts.some(({ answers }) => fields === null || fields.some((name) => Object.hasOwn(answers, name)))
  if (count === 0 && !isTyped) return { records: 0, drafts: 0, files: [] }
  const files = await unnamedFiles(store, key, rows, redacted)
  taken.push(...(await messagePayloads(store, rows, holding)), ...(await formerRedactions(store, stream)))
  const changes = [
    ...taken.flatMap((one) => one.changes),
    ...(await tableChanges(store, key, stream, redacted)),
    ...(await besides(store, key, stream, rows, drafts)),
    ...files.flatMap(({ id, digest }) => [remove('file', { id }), upsert('fileRemoval', { digest })]),
  ]
  // Without them an empty line would be one that somebody took away (`audit/erased-lines.ts`).
  const lines = taken.flatMap((one) => one.lines)
  await security.append({ at: clock.now(), actor, requestId }, () => ({
    command: { kind: ERASE, key, version: 1, value: { fields, reason, records: count, files: files.length, lines } },
    facts: [{ kind: REDACTED, key, version: 1, value: { stream, records: left } }],
    changes,
  }))
  forget(stream)
  return { records: count, drafts: drafts.length, files: await unusedDigests(store, files) }
}

async function rowsOf(
  { read, tables }: Store,
  stream: number,
  redactions: Redactions,
): Promise<readonly ErasableRow[]> {
  const { trail, payload } = tables
  const rows = await read
    .select({ row: trail, lines: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(eq(trail.stream, stream))
    .orderBy(asc(trail.sequence))
  return rows.map(({ row, lines }) => ({
    row,
    lines,
    records: redactions.fill(row, readHeads(row.heads) ?? [], readRecords(row.heads, lines)),
  }))
}

/** What finds the data: named variables, or all there are in the case and every free text. */
function holdingOf(rows: readonly ErasableRow[], fields: readonly string[] | null): Holding {
  const values = rows.flatMap(({ records }) => records.map((record) => record?.value))
  const names = fields === null ? namesIn(values) : new Set(fields)
  const holding = new Holding((name) => names.has(name), { texts: fields === null ? 'all' : 'copies' })
  for (const value of values) holding.learn(value)
  return holding
}

type Redacted = readonly { readonly row: Row<'trail'>; readonly records: readonly (TrailRecord | null)[] }[]

/** The tables of the case made anew from what is left. */
async function tableChanges(store: Store, key: number, stream: number, redacted: Redacted): Promise<RowChange[]> {
  const own = rebuiltTables.filter((table) => 'instanceKey' in getTableColumns(store.tables[table]))
  const changes: RowChange[] = own.map((table) => removeOfCase(table, key))
  changes.push(remove('processInstance', { key }))
  const kept = new Set<string>([...own, 'processInstance'])
  const replay = new StreamReplay(stream)
  for (const { row, records } of redacted)
    for (const change of replay.changes(row, records)) if (kept.has(change.table)) changes.push(change)
  return changes
}

/** Files that the case named, names no more, and that no other case or notice names. */
async function unnamedFiles(
  store: Store,
  key: number,
  rows: readonly ErasableRow[],
  redacted: Redacted,
): Promise<readonly Row<'file'>[]> {
  const before = idsIn(rows)
  for (const id of idsIn(redacted)) before.delete(id)
  if (before.size === 0) return []
  const { file, caseFile } = store.tables
  const ids = [...before]
  const others = await store.read
    .select({ id: caseFile.fileId })
    .from(caseFile)
    .where(and(inArray(caseFile.fileId, ids), ne(caseFile.instanceKey, key)))
  const used = new Set(others.map(({ id }) => id))
  const found = await store.read.select().from(file).where(inArray(file.id, ids))
  return found.filter(({ id }) => !used.has(id))
}

const FILE_ID = /"([0-9a-f]{64}-[0-9a-f]{16})"/g

/** Ids of files within the records. */
function idsIn(rows: readonly { readonly records: readonly (TrailRecord | null)[] }[]): Set<string> {
  const text = JSON.stringify(rows.map(({ records }) => records.map((record) => record?.value ?? null)))
  return new Set([...text.matchAll(FILE_ID)].map(([, id]) => id!))
}

/** Digests of removed files that no other upload has. */
async function unusedDigests(store: Store, files: readonly Row<'file'>[]): Promise<readonly string[]> {
  if (files.length === 0) return []
  const { file } = store.tables
  const digests = [...new Set(files.map(({ digest }) => digest))]
  const kept = await store.read.select({ digest: file.digest }).from(file).where(inArray(file.digest, digests))
  const used = new Set(kept.map(({ digest }) => digest))
  return digests.filter((digest) => !used.has(digest))
}
