import { type Actor, type Key, Rejection } from '@bihuan/engine'
import { and, asc, desc, eq, getTableColumns, inArray, max, sql } from 'drizzle-orm'
import { ARCHIVE, ARCHIVED, type ArchivedValue } from '../audit/archived.ts'
import { ofCase, removeOfCase } from '../db/of-case.ts'
import { type RowChange, remove } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import { rebuiltTables } from '../projection/rebuild.ts'
import { projectSystem, systemFact } from '../projection/system.ts'
import type { Clock } from './clock.ts'
import type { OnPoint } from './kill-point.ts'
import { streamOf } from './live-instance.ts'
import type { SystemStream } from './system-stream.ts'
import type { Writer } from './writer.ts'

/** Rows of the trail removed in one unit: others get their turn in between. */
const SLICE = 100

/** How a stream stood: it has the same rows, and the same of them is erased, while this is the same. */
export interface StreamMark {
  readonly rows: number
  readonly hash: string
  /** Characters of all payloads. */
  readonly length: number
}

/** A finished case whose archive package is on disk, whole and verified. */
export interface ArchivalRequest {
  /** Of the process instance. */
  readonly key: Key
  /** How its stream stood before the package was made. */
  readonly mark: StreamMark
  readonly package: Pick<ArchivedValue, 'path' | 'bytes' | 'digest'>
  readonly actor: Actor
  readonly requestId: string
}

/** What archiving stands on. */
export interface ArchivalParts {
  readonly store: Store
  readonly writer: Writer
  readonly clock: Clock
  /** The stream of security. */
  readonly security: SystemStream
  /** Forgets a case that is in memory. */
  readonly forget: (stream: number) => void
  readonly point: OnPoint
}

/** How a stream stands now; null when it has no rows. */
export async function markOf({ read, tables }: Store, stream: number): Promise<StreamMark | null> {
  const { stream: heads, payload } = tables
  const [head] = await read.select().from(heads).where(eq(heads.stream, stream))
  if (!head) return null
  const [sum] = await read
    .select({ length: sql<number>`sum(length(${payload.records}))` })
    .from(payload)
    .where(eq(payload.stream, stream))
  return { rows: head.sequence, hash: head.hash, length: Number(sum?.length ?? 0) }
}

/** Who could see an archived case as a person. */
export const personHolder = (personId: string): string => `person:${personId}`
/** Who could see it by a position. */
export const roleHolder = (unitId: string, role: string): string => `role:${unitId}:${role}`

/**
 * Moves a finished case out of the tables. One unit records it in the stream of security, with what it is found by and
 * the digest of its package, and removes its head and all the tables show of it; its rows of the trail follow in slices.
 * The leaves stay: proofs of the rows hold. Killed in between, `removeArchivedRows` goes on. Throws `NOT_FOUND`,
 * `CASE_NOT_FINISHED`, `STATE_CONFLICT` when the case is not as it was packed.
 */
export async function archiveCase(parts: ArchivalParts, request: ArchivalRequest): Promise<void> {
  const { store, clock, security, forget, point } = parts
  const { key, actor, requestId } = request
  const { processInstance } = store.tables
  const [instance] = await store.read.select().from(processInstance).where(eq(processInstance.key, key))
  if (!instance) throw new Rejection('NOT_FOUND')
  const stream = streamOf(key)
  const mark = await markOf(store, stream)
  const { rows, hash, length } = request.mark
  if (mark?.rows !== rows || mark.hash !== hash || mark.length !== length)
    throw new Rejection('STATE_CONFLICT', { stream })
  const value = await archivedValue(store, instance, request)
  const changes = await tableChanges(store, instance)
  const at = clock.now()
  const fact = systemFact(ARCHIVED, key, value)
  point('retention.exported')
  await security.append({ at, actor, requestId }, () => ({
    command: { kind: ARCHIVE, key, version: 1, value: { rows, digest: request.package.digest } },
    facts: [fact],
    changes: [...projectSystem([fact], { at, actor }), ...changes],
  }))
  forget(stream)
  await removeArchivedRows(parts, key)
}

/** Removes the rows of the trail of an archived case that are still there, in bounded units. */
export async function removeArchivedRows(
  { store, writer, point }: Pick<ArchivalParts, 'store' | 'writer' | 'point'>,
  key: Key,
): Promise<void> {
  const { archivedCase, trail } = store.tables
  const [archived] = await store.read
    .select({ key: archivedCase.key })
    .from(archivedCase)
    .where(eq(archivedCase.key, key))
  if (!archived) throw new Rejection('NOT_FOUND')
  const stream = streamOf(key)
  for (;;) {
    const rows = await store.read
      .select({ sequence: trail.sequence })
      .from(trail)
      .where(eq(trail.stream, stream))
      .orderBy(asc(trail.sequence))
      .limit(SLICE)
    if (rows.length === 0) return
    point('retention.removing')
    const changes = rows.flatMap(({ sequence }) => [
      remove('payload', { stream, sequence }),
      remove('trail', { stream, sequence }),
    ])
    const result = await writer.write({ lock: null, changes, owner: null })
    if (result.outcome === 'failed') throw result.error
  }
}

async function archivedValue(
  store: Store,
  instance: Row<'processInstance'>,
  { mark, package: packed }: ArchivalRequest,
): Promise<ArchivedValue> {
  const { key, state, endedAt } = instance
  if ((state !== 'completed' && state !== 'terminated') || endedAt === null) throw new Rejection('CASE_NOT_FINISHED')
  const { definitionKey, processId, processName, version, number } = instance
  const { unitId, unitName, unitLevel, unitPath, startedBy, startedAt } = instance
  const stream = streamOf(key)
  return {
    ...{ definitionKey, processId, processName, version, number },
    ...{ unitId, unitName, unitLevel, unitPath, state, startedBy, startedAt, endedAt },
    rows: mark.rows,
    hash: mark.hash,
    ...(await leavesOf(store, stream, mark.rows)),
    ...packed,
    files: await filesOf(store, key),
    readers: await readersOf(store, key),
  }
}

/** Where the first and the last row of a stream are in the trees. Throws `STATE_CONFLICT` while one of them has no place. */
async function leavesOf({ read, tables: { leaf } }: Store, stream: number, rows: number) {
  const of = (sequence: number) =>
    read
      .select({ tree: leaf.tree, number: leaf.number })
      .from(leaf)
      .where(and(eq(leaf.stream, stream), eq(leaf.sequence, sequence)))
  const [first] = await of(1)
  const [last] = await of(rows)
  if (!first || !last) throw new Rejection('STATE_CONFLICT', { stream })
  return { firstTree: first.tree, firstLeaf: first.number, lastTree: last.tree, lastLeaf: last.number }
}

async function filesOf({ read, tables: { caseFile } }: Store, key: Key): Promise<readonly string[]> {
  const rows = await read
    .selectDistinct({ id: caseFile.fileId })
    .from(caseFile)
    .where(eq(caseFile.instanceKey, key))
    .orderBy(asc(caseFile.fileId))
  return rows.map(({ id }) => id)
}

/** Who may see the case, by `caseVisible`, and the steps that say what of it (`seenBy`). */
async function readersOf({ read, tables }: Store, key: Key): Promise<ArchivedValue['readers']> {
  const { participant, taskCandidate, userTask } = tables
  const steps = new Map<string, Set<string>>()
  const note = (holder: string, elementId: string | null) => {
    const known = steps.get(holder) ?? new Set()
    steps.set(holder, known)
    if (elementId !== null) known.add(elementId)
  }
  for (const { personId } of await read.select().from(participant).where(eq(participant.instanceKey, key)))
    note(personHolder(personId), null)
  for (const task of await read.select().from(userTask).where(ofCase(userTask.key, key)))
    for (const personId of [task.assignee, task.completedBy, ...task.candidateUsers])
      if (personId !== null && steps.has(personHolder(personId))) note(personHolder(personId), task.elementId)
  const offered = await read
    .selectDistinct({ role: taskCandidate.role, unitId: taskCandidate.unitId, elementId: userTask.elementId })
    .from(taskCandidate)
    .leftJoin(userTask, eq(userTask.key, taskCandidate.taskKey))
    .where(ofCase(taskCandidate.taskKey, key))
  for (const { role, unitId, elementId } of offered) note(roleHolder(unitId, role), elementId)
  return [...steps].sort().map(([holder, known]) => ({ holder, steps: [...known].sort() }))
}

/** Everything the tables hold of the case, beside its rows of the trail. */
async function tableChanges(store: Store, { key }: Row<'processInstance'>): Promise<readonly RowChange[]> {
  const stream = streamOf(key)
  const { trail } = store.tables
  const own = rebuiltTables.filter(
    (table) => table !== 'archivedReader' && 'instanceKey' in getTableColumns(store.tables[table]),
  )
  const [start] = await store.read
    .select({ requestId: trail.requestId })
    .from(trail)
    .where(and(eq(trail.stream, stream), eq(trail.sequence, 1)))
  return [
    ...own.map((table) => removeOfCase(table, key)),
    remove('processInstance', { key }),
    remove('notification', { instanceKey: key }),
    remove('snapshot', { stream }),
    remove('request', { scope: stream }),
    ...(start ? [remove('request', { scope: 0, requestId: start.requestId })] : []),
    ...(await draftChanges(store, key)),
    // Without its head it is a stream no more: nothing loads it, and nothing is written to it.
    remove('stream', { stream }),
  ]
}

/** What people typed at its tasks and acts and did not hand in. */
async function draftChanges({ read, tables }: Store, key: Key): Promise<readonly RowChange[]> {
  const { draft, userTask, messageSubscription } = tables
  const tasks = await read.select({ key: userTask.key }).from(userTask).where(ofCase(userTask.key, key))
  const acts = await read
    .select({ key: messageSubscription.key })
    .from(messageSubscription)
    .where(eq(messageSubscription.instanceKey, key))
  const abouts = [...tasks.map((task) => `task:${task.key}`), ...acts.map((act) => `action:${act.key}`)]
  const changes: RowChange[] = []
  for (let at = 0; at < abouts.length; at += 500) {
    const found = await read
      .select({ personId: draft.personId, about: draft.about })
      .from(draft)
      .where(inArray(draft.about, abouts.slice(at, at + 500)))
    changes.push(...found.map((one) => remove('draft', one)))
  }
  return changes
}

/** The cases archived last, as far as the clock knows: the removal of one of them may have been cut off. */
export async function lastArchived(
  { read, tables: { archivedCase } }: Store,
  count: number,
): Promise<readonly Row<'archivedCase'>[]> {
  return read.select().from(archivedCase).orderBy(desc(archivedCase.archivedAt), desc(archivedCase.key)).limit(count)
}

/**
 * The highest stream of a case that was ever given out. An archived case has no head any more; its stream is never used
 * again, since its leaves are there.
 */
export async function highestStream({ read, tables: { stream, archivedCase } }: Store): Promise<number> {
  const [highest] = await read.select({ stream: max(stream.stream) }).from(stream)
  const [archived] = await read.select({ key: max(archivedCase.key) }).from(archivedCase)
  return Math.max(highest?.stream ?? 0, streamOf(archived?.key ?? 0), FIRST_INSTANCE_STREAM - 1)
}
