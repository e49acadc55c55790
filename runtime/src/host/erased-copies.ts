import { KEYS_PER_STREAM } from '@bihuan/engine'
import { and, between, eq, inArray, like, or, type SQL } from 'drizzle-orm'
import { payloadText, readRecords, readTexts, type TrailRecord } from '../audit/chain.ts'
import { ERASE, type ErasedLine } from '../audit/erased-lines.ts'
import type { Holding } from '../audit/holding.ts'
import { ofCase } from '../db/of-case.ts'
import { type RowChange, remove, update } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { REDACTED } from '../projection/redaction.ts'
import { systemStreams } from './system-stream.ts'

/** Keys named in one statement. */
const PART = 200

/** Lines that are emptied, and the changes that do it. */
export interface Emptied {
  readonly changes: readonly RowChange[]
  readonly lines: readonly ErasedLine[]
}

/** A payload by its place in the trail. */
interface Place {
  readonly stream: number
  readonly sequence: number
  readonly lines: string
}

/** A row of the case with its records. */
type CaseRow = { readonly row: Row<'trail'>; readonly records: readonly (TrailRecord | null)[] }

/** Empties those lines of a payload that are taken and not empty yet. */
export function emptied({ stream, sequence, lines }: Place, isTaken: (index: number) => boolean): Emptied {
  const texts = readTexts(lines) ?? []
  const taken = new Set([...texts.keys()].filter((index) => texts[index] !== null && isTaken(index)))
  if (taken.size === 0) return { changes: [], lines: [] }
  const records = payloadText(texts.map((text, index) => (taken.has(index) ? null : text)))
  return {
    changes: [update('payload', { records }, { stream, sequence })],
    lines: [...taken].map((index) => [stream, sequence, index]),
  }
}

/** What people typed at the tasks and acts of a case and did not hand in. */
export async function draftsOf(store: Store, key: number, rows: readonly CaseRow[]): Promise<readonly Row<'draft'>[]> {
  const { draft, userTask } = store.tables
  const tasks = await store.read.select({ key: userTask.key }).from(userTask).where(ofCase(userTask.key, key))
  // Acts that are no longer open stand in the trail alone.
  const acts = keysOf(rows, 'messageSubscription.created')
  const abouts = [...tasks.map((one) => `task:${one.key}`), ...acts.map((one) => `action:${one}`)]
  return inParts(abouts, (part) =>
    store.read
      .select()
      .from(draft)
      .where(inArray(draft.about, [...part])),
  )
}

/**
 * What does not follow from the trail and may hold the data: snapshot, answered requests, drafts, messages,
 * notifications, and where something was still to be sent.
 */
export async function besides(
  store: Store,
  key: number,
  stream: number,
  rows: readonly CaseRow[],
  drafts: readonly Row<'draft'>[],
): Promise<readonly RowChange[]> {
  const { delivery } = store.tables
  // Keys of a stream lie side by side, those of its jobs too.
  const unsent = await store.read
    .select({ key: delivery.key })
    .from(delivery)
    .where(between(delivery.key, stream * KEYS_PER_STREAM, (stream + 1) * KEYS_PER_STREAM - 1))
  const start = rows[0]?.row
  return [
    remove('snapshot', { stream }),
    // Its digest is made without a salt: whoever guesses what was asked would see that he is right.
    remove('request', { scope: stream }),
    ...(start ? [remove('request', { scope: 0, requestId: start.requestId })] : []),
    ...drafts.map(({ personId, about }) => remove('draft', { personId, about })),
    ...sentKeysOf(rows).map((one) => remove('message', { key: one })),
    remove('notification', { instanceKey: key }),
    ...unsent.map((one) => remove('delivery', { key: one.key })),
  ]
}

/**
 * The records of the stream of messages that hold the data: messages and signals that reached the case, and messages it
 * published; with what is remembered of the requests that brought them.
 */
export async function messagePayloads(
  store: Store,
  rows: readonly CaseRow[],
  holding: Holding,
): Promise<readonly Emptied[]> {
  const { trail, payload } = store.tables
  const stream = systemStreams.messages
  const sent = sentKeysOf(rows).map((key): SQL => like(trail.heads, `%,${key},%`))
  // What the house's workers sent for the jobs of the case carries their keys.
  const published = keysOf(rows, 'job.created').map((key): SQL => eq(trail.requestId, `connector:${key}`))
  const found = await inParts([...sent, ...published], (part) =>
    store.read
      .select({ sequence: trail.sequence, requestId: trail.requestId, heads: trail.heads, lines: payload.records })
      .from(trail)
      .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
      .where(and(eq(trail.stream, stream), or(...part))),
  )
  const bySequence = new Map(found.map((row) => [row.sequence, row]))
  return [...bySequence.values()].flatMap(({ sequence, requestId, heads, lines }) => {
    const records = readRecords(heads, lines)
    const one = emptied({ stream, sequence, lines }, (index) => holding.holds(records[index]?.value))
    if (one.lines.length === 0) return []
    // One that still waits for somebody to take it holds them, too.
    const waiting = records.flatMap((record) =>
      record?.kind === 'message.published' && record.key !== null ? [remove('message', { key: record.key })] : [],
    )
    return [{ ...one, changes: [...one.changes, ...waiting, remove('request', { scope: stream, requestId })] }]
  })
}

/** What earlier erasures of the case left is in the new record: theirs is emptied. */
export async function formerRedactions(store: Store, stream: number): Promise<readonly Emptied[]> {
  const { trail, payload } = store.tables
  const security = systemStreams.security
  const rows = await store.read
    .select({ sequence: trail.sequence, heads: trail.heads, lines: payload.records })
    .from(trail)
    .innerJoin(payload, and(eq(payload.stream, trail.stream), eq(payload.sequence, trail.sequence)))
    .where(and(eq(trail.stream, security), eq(trail.kind, ERASE)))
  return rows.map(({ sequence, heads, lines }) => {
    const records = readRecords(heads, lines)
    return emptied({ stream: security, sequence, lines }, (index) => {
      const record = records[index]
      return record?.kind === REDACTED && (record.value as { stream?: number }).stream === stream
    })
  })
}

/** Keys of the messages and signals that reached the case. */
function sentKeysOf(rows: readonly CaseRow[]): readonly number[] {
  const keys = new Set<number>()
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    for (const [member, content] of Object.entries(value)) {
      if ((member === 'messageKey' || member === 'signalKey') && typeof content === 'number' && content > 0)
        keys.add(content)
      else look(content)
    }
  }
  for (const { records } of rows) for (const record of records) look(record?.value)
  return [...keys]
}

/** Keys of what records of a kind are about. */
function keysOf(rows: readonly CaseRow[], kind: string): readonly number[] {
  const keys = rows.flatMap(({ records }) =>
    records.flatMap((record) => (record?.kind === kind && record.key !== null ? [record.key] : [])),
  )
  return [...new Set(keys)]
}

/** Reads what many keys name, a bounded number of them in one statement. */
async function inParts<T, R>(all: readonly T[], read: (part: readonly T[]) => PromiseLike<readonly R[]>): Promise<R[]> {
  const found: R[] = []
  for (let at = 0; at < all.length; at += PART) found.push(...(await read(all.slice(at, at + PART))))
  return found
}
