import { KEYS_PER_STREAM } from '@bihuan/engine'
import { and, asc, between, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { readHeads, readRecords, type TrailRecord } from '../audit/chain.ts'
import { type AuditedRow, type TrailPart, trailParts } from '../contract/trail.ts'
import { time, wireKey } from '../contract/wire.ts'
import type { Row } from '../db/schema/index.ts'
import type { Store } from '../db/store.ts'
import { systemStreams } from '../host/system-stream.ts'
import { namesOf } from '../identity/person.ts'
import { FIRST_INSTANCE_STREAM } from '../projection/projection.ts'
import { streamOf } from '../work/case-data.ts'
import { nameSaid, sayAudited } from './audited-saying.ts'

/** The part of the trail that a stream is. */
export const partOf = (stream: number): TrailPart =>
  trailParts.find((part) => part !== 'cases' && systemStreams[part] === stream) ?? 'cases'

/** A row that was found: of a case at rest with all its columns, of others with those that it was found by. */
export type Found = Pick<Row<'trail'>, 'stream' | 'sequence' | 'at' | 'kind' | 'actorId'> & {
  readonly atRest?: Row<'trail'>
}

/** Rows as the auditor reads them, in the order they were found in. */
export async function describeAudited(store: Store, found: readonly Found[]): Promise<AuditedRow[]> {
  if (found.length === 0) return []
  const rows = await whole(store, found)
  const cases = await casesOf(store, new Set(rows.map(({ trail }) => trail.stream)))
  const says = new Map(rows.map((one) => [one, sayAudited(recordsOf(one.trail, one.payload))]))
  const named = await nameSaid(store, [...says.values()])
  const actor = await actorNames(store, rows)
  return found.flatMap(({ stream, sequence }) => {
    const one = rows.find(({ trail }) => trail.stream === stream && trail.sequence === sequence)
    // Its case was archived between the two reads.
    if (!one) return []
    const { trail, checkpoint } = one
    const instance = cases.get(stream)
    return {
      stream,
      sequence,
      at: time(trail.at),
      part: partOf(stream),
      actor: { type: trail.actorType, id: trail.actorId, name: actor(trail) },
      kind: trail.kind,
      facts: [...new Set((readHeads(trail.heads) ?? []).slice(1).map(([kind]) => kind))],
      case: instance
        ? {
            key: wireKey(instance.key),
            number: instance.number,
            processName: instance.processName,
            unitName: instance.unitName,
          }
        : null,
      says: named(says.get(one)!),
      hash: trail.hash,
      previousHash: trail.previousHash,
      checkpoint,
    }
  })
}

interface Whole {
  readonly trail: Row<'trail'>
  readonly payload: string | null
  readonly checkpoint: number | null
}

/** The rows with the first checkpoint that proves each; what they say of those outside cases alone. */
async function whole(store: Store, found: readonly Found[]): Promise<readonly Whole[]> {
  const { read, tables } = store
  const { trail, payload, leaf } = tables
  const awake = found.filter(({ atRest }) => !atRest)
  const checkpoints = await checkpointsOf(
    store,
    found.filter(({ atRest }) => atRest),
  )
  const resting = found.flatMap(({ atRest }) =>
    atRest ? [{ trail: atRest, payload: null, checkpoint: checkpoints.get(placeOf(atRest)) ?? null }] : [],
  )
  if (awake.length === 0) return resting
  const rows = await read
    .select({ trail, payload: payload.records, checkpoint: firstCheckpoint(store) })
    .from(trail)
    .leftJoin(leaf, and(eq(leaf.stream, trail.stream), eq(leaf.sequence, trail.sequence)))
    .leftJoin(
      payload,
      and(
        eq(payload.stream, trail.stream),
        eq(payload.sequence, trail.sequence),
        lt(trail.stream, FIRST_INSTANCE_STREAM),
      ),
    )
    .where(or(...awake.map((one) => and(eq(trail.stream, one.stream), eq(trail.sequence, one.sequence)))))
  return [...rows, ...resting]
}

const placeOf = ({ stream, sequence }: Pick<Found, 'stream' | 'sequence'>): string => `${stream}/${sequence}`

async function checkpointsOf(store: Store, rows: readonly Found[]): Promise<ReadonlyMap<string, number | null>> {
  if (rows.length === 0) return new Map()
  const { leaf } = store.tables
  const found = await store.read
    .select({ stream: leaf.stream, sequence: leaf.sequence, checkpoint: firstCheckpoint(store) })
    .from(leaf)
    .where(or(...rows.map((one) => and(eq(leaf.stream, one.stream), eq(leaf.sequence, one.sequence)))))
  return new Map(found.map((one) => [placeOf(one), one.checkpoint]))
}

/** The number of the first checkpoint that proves a leaf. */
function firstCheckpoint({ read, tables: { checkpoint, leaf } }: Store): SQL<number | null> {
  const first = read
    .select({ number: checkpoint.number })
    .from(checkpoint)
    .where(and(eq(checkpoint.tree, leaf.tree), gt(checkpoint.size, leaf.number)))
    .orderBy(asc(checkpoint.size))
    .limit(1)
  return sql<number | null>`(${first})`
}

/** Records of a row outside cases. A row that was tampered with is told by its columns; `bihuan verify` names it. */
function recordsOf(trail: Row<'trail'>, payload: string | null): readonly (TrailRecord | null)[] {
  if (payload === null) return []
  try {
    return readRecords(trail.heads, payload)
  } catch {
    return []
  }
}

/** The cases of streams. */
export async function casesOf(
  { read, tables: { processInstance } }: Store,
  streams: Iterable<number>,
): Promise<ReadonlyMap<number, Row<'processInstance'>>> {
  const ofCases = [...streams].filter((one) => one >= FIRST_INSTANCE_STREAM)
  if (ofCases.length === 0) return new Map()
  // Keys of a stream lie side by side: the case is the one between its bounds.
  const found = await read
    .select()
    .from(processInstance)
    .where(
      or(...ofCases.map((one) => between(processInstance.key, one * KEYS_PER_STREAM, (one + 1) * KEYS_PER_STREAM - 1))),
    )
  return new Map(found.map((one) => [streamOf(one.key), one]))
}

async function actorNames(store: Store, rows: readonly Whole[]): Promise<(row: Row<'trail'>) => string> {
  const idsOf = (type: string) => [
    ...new Set(rows.flatMap(({ trail }) => (trail.actorType === type ? [trail.actorId] : []))),
  ]
  const person = await namesOf(store, idsOf('person'))
  const { apiClient } = store.tables
  const clients = idsOf('client')
  const found =
    clients.length === 0
      ? []
      : await store.read
          .select({ id: apiClient.id, name: apiClient.name })
          .from(apiClient)
          .where(inArray(apiClient.id, clients))
  const client = new Map(found.map(({ id, name }) => [id, name]))
  return ({ actorType, actorId }) =>
    actorType === 'person' ? person(actorId) : actorType === 'client' ? (client.get(actorId) ?? actorId) : actorId
}
