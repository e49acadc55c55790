import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type DefinitionBundle, emptyState, type Fact, fold, KEYS_PER_STREAM, type Key, step } from '@bihuan/engine'
import { readRecords } from '../src/audit/chain.ts'
import { readStream } from '../src/audit/stream-rows.ts'
import { verifyTrail } from '../src/audit/verify.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import type { Host } from '../src/host/host.ts'
import { streamOf } from '../src/host/live-instance.ts'
import { FIRST_INSTANCE_STREAM } from '../src/projection/projection.ts'
import { differingTables, rebuild } from '../src/projection/rebuild.ts'
import type { Asked } from './asked.ts'
import type { Observer } from './observer.ts'

/** A row of the trail: the id it was asked under, and what came of it. */
interface Row {
  readonly requestId: string
  readonly kind: string
  readonly facts: readonly Fact[]
}

type Rows = ReadonlyMap<number, readonly Row[]>

/** What is judged: what was asked and answered, and what is on disk. */
export interface Judged {
  readonly host: Host
  readonly observer: Observer
  readonly asked: readonly Asked[]
  readonly bundles: ReadonlyMap<Key, DefinitionBundle>
  /** For files that judging needs. */
  readonly folder: string
}

/** What is wrong with the answers of a race, or with what it left behind; empty when nothing is. */
export async function judge({ host, observer, asked, bundles, folder }: Judged): Promise<readonly string[]> {
  const rows = await rowsOf(host)
  return [
    ...asked.flatMap((one) => answerFindings(one, rows)),
    ...asked.flatMap((one) => refusalFindings(one, asked, rows, bundles)),
    ...doubled(rows, asked),
    ...lingering(rows, asked),
    ...undone(observer, host.clock.now()),
    ...(await tableFindings(host, folder)),
  ]
}

async function rowsOf({ store }: Host): Promise<Rows> {
  const { stream } = store.tables
  const rows = new Map<number, Row[]>()
  for (const { number } of await store.read.select({ number: stream.stream }).from(stream)) {
    if (number < FIRST_INSTANCE_STREAM) continue
    const lines = await readStream(store, number)
    rows.set(
      number,
      lines.map(({ row, records }) => ({
        requestId: row.requestId,
        kind: row.kind,
        facts: readRecords(row.heads, records).slice(1) as unknown as readonly Fact[],
      })),
    )
  }
  return rows
}

const said = ({ act, requestId }: Asked) => `${act.name} (${requestId})`

/** What was answered is on disk, once, as it was answered and no later than that. */
function answerFindings(asked: Asked, rows: Rows): string[] {
  const { outcome, requestId, after } = asked
  if (outcome.kind === 'fault') return [`${said(asked)} ended with ${String(outcome.error)}`]
  if (outcome.kind !== 'answered' || outcome.answer === null) return []
  const { stream, sequence, facts } = outcome.answer
  const row = rows.get(stream)?.[sequence - 1]
  if (row?.requestId !== requestId)
    return [`${said(asked)} was answered by row ${sequence} of ${stream}, which is not its own`]
  if (!isDeepStrictEqual(row.facts, JSON.parse(JSON.stringify(facts))))
    return [`${said(asked)} was answered otherwise than it is written`]
  if (after !== null && sequence > after) return [`${said(asked)} was answered before it was on disk`]
  return []
}

/** What was refused would be refused so by one of the states its case had meanwhile. */
function refusalFindings(
  one: Asked,
  all: readonly Asked[],
  rows: Rows,
  bundles: ReadonlyMap<Key, DefinitionBundle>,
): string[] {
  const { act, outcome, requestId, after, at } = one
  if (outcome.kind !== 'refused' || act.command === null) return []
  const { code } = outcome.rejection
  const stream = streamOf(act.command.key)
  const written = rows.get(stream) ?? []
  const before = Math.min(...joined(one, all).map((each) => each.before ?? 0))
  for (let count = before; count <= (after ?? 0); count += 1) {
    const facts = written.slice(0, count).flatMap((row) => row.facts)
    for (const now of at)
      if (codeOf({ ...act.command, requestId, at: now } as never, stream, facts, bundles) === code) return []
  }
  return [`${said(one)} was refused with ${code}, which no state from row ${before} to ${after} of ${stream} gives`]
}

/** It, and those of its id that waited for an answer when it was asked: the first of them is judged for all. */
const joined = ({ requestId, order }: Asked, all: readonly Asked[]): readonly Asked[] =>
  all.filter((each) => each.requestId === requestId && each.order[0] <= order[0] && each.order[1] >= order[0])

/** What judging a command on a state gives: a code, or null when it would have been taken. */
function codeOf(
  command: Parameters<typeof step>[2],
  stream: number,
  facts: readonly Fact[],
  bundles: ReadonlyMap<Key, DefinitionBundle>,
): string | null {
  const named = facts.findLast(
    (fact): fact is Fact<'processInstance.created' | 'processInstance.migrated'> =>
      fact.kind === 'processInstance.created' || fact.kind === 'processInstance.migrated',
  )
  const bundle = named && bundles.get(named.value.definitionKey)
  if (!bundle) return 'NOT_FOUND'
  const state = emptyState(stream)
  fold(state, facts)
  return step(bundle, state, command).rejection?.code ?? null
}

/** No request has been done twice: by anybody in one case, or what was asked here in any. */
function doubled(rows: Rows, asked: readonly Asked[]): string[] {
  const own = new Set(asked.map(({ requestId }) => requestId))
  const done = new Set<string>()
  const findings: string[] = []
  for (const [stream, all] of rows)
    for (const { requestId, kind } of all) {
      const id = own.has(requestId) ? requestId : `${stream} ${requestId}`
      if (done.has(id)) findings.push(`${kind} (${requestId}) was done twice, again in ${stream}`)
      done.add(id)
    }
  return findings
}

/** What was refused, and nothing but refused, has left nothing. */
function lingering(rows: Rows, asked: readonly Asked[]): string[] {
  const others = new Set(asked.flatMap(({ outcome, requestId }) => (outcome.kind === 'refused' ? [] : [requestId])))
  const refused = asked.filter(({ requestId }) => !others.has(requestId))
  const done = new Set([...rows.values()].flat().map(({ requestId }) => requestId))
  return refused.filter(({ requestId }) => done.has(requestId)).map((one) => `${said(one)} was refused, and is done`)
}

/** Nothing that was due is left, and no letter lies beside somebody who waits for it. */
function undone(observer: Observer, now: number): string[] {
  const left: { readonly [what: string]: readonly number[] } = {
    'timers are left': observer.find<Key>(
      `SELECT key FROM timer WHERE due_at <= ?
       AND instance_key NOT IN (SELECT key FROM process_instance WHERE state = 'suspended')`,
      now,
    ),
    'follow-ups are left': observer.find<Key>(
      `SELECT key FROM outbox WHERE due_at <= ?
       AND key / ${KEYS_PER_STREAM} NOT IN
         (SELECT key / ${KEYS_PER_STREAM} FROM process_instance WHERE state = 'suspended')`,
      now,
    ),
    'subscriptions are left beside their message': observer.find<Key>(
      `SELECT s.key FROM subscription s JOIN process_instance p ON p.key = s.instance_key AND p.state = 'active'
       JOIN message m ON m.name = s.message_name AND m.correlation_key = s.correlation_key AND m.expires_at > ?
       WHERE NOT EXISTS (SELECT 1 FROM message_correlation c WHERE c.message_key = m.key AND c.process_id = s.process_id)`,
      now,
    ),
  }
  return Object.entries(left).flatMap(([what, keys]) => (keys.length > 0 ? [`${what}: ${keys.join(', ')}`] : []))
}

/** The chain holds, and the tables are what the trail says. */
async function tableFindings({ store }: Host, folder: string): Promise<string[]> {
  const findings: string[] = []
  const { intact } = await verifyTrail(store)
  if (!intact) findings.push('the chain does not hold')
  const anew = await openLibsqlStore(join(folder, 'anew.db'), { lock: false })
  try {
    await rebuild(store, anew)
    const differing = await differingTables(store, anew)
    if (differing.length > 0) findings.push(`tables of which the trail does not tell: ${differing.join(', ')}`)
  } finally {
    await anew.close()
  }
  return findings
}
