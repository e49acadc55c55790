import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, asc, eq, gt, lte, notExists, sql } from 'drizzle-orm'
import { readRecords, type TrailRecord } from '../src/audit/chain.ts'
import type { TrailLine } from '../src/audit/pack.ts'
import { readStream } from '../src/audit/stream-rows.ts'
import { verifyTrail } from '../src/audit/verify.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import type { Store } from '../src/db/store.ts'
import { differingTables, rebuild } from '../src/projection/rebuild.ts'
import { requestIdOf } from './caller.ts'
import type { Entry, History } from './history.ts'
import { databaseOf } from './town.ts'

/** What is wrong with a database, a sentence each. */
export interface Verdict {
  readonly lost: string[]
  readonly doubled: string[]
  readonly half: string[]
  readonly unfounded: string[]
}

/** One row of the trail, with all it says. */
interface Row {
  readonly stream: number
  readonly sequence: number
  readonly at: number
  readonly kind: string
  readonly text: string
  readonly records: readonly (TrailRecord | null)[]
}

/** Facts that a key has once in its life. */
const onceOnly = new Set([
  'processInstance.created',
  'processInstance.completed',
  'processInstance.terminated',
  'userTask.created',
  'userTask.completed',
  'userTask.canceled',
  'job.completed',
  'job.errorThrown',
  'timer.triggered',
  'messageSubscription.correlated',
  'signalSubscription.triggered',
  'message.published',
  'signal.broadcast',
])

/** The trail as the judge looks things up in it. */
class Trail {
  readonly #byRequest = new Map<string, Row[]>()
  readonly #facts = new Map<number, { readonly kind: string; readonly at: number; readonly value: unknown }[]>()
  readonly doubled: string[] = []

  static async read(store: Store): Promise<Trail> {
    const found = new Trail()
    const { stream: streams } = store.tables
    const all = await store.read.select({ stream: streams.stream }).from(streams).orderBy(asc(streams.stream))
    const seen = new Set<string>()
    for (const { stream: of } of all)
      for (const { row, records: text } of await readStream(store, of)) found.#add(row, text, seen)
    return found
  }

  #add(row: TrailLine['row'], text: string, seen: Set<string>): void {
    const records = readRecords(row.heads, text)
    const { stream, sequence, at, kind } = row
    const list = this.#byRequest.get(row.requestId) ?? []
    list.push({ stream, sequence, at, kind, text, records })
    this.#byRequest.set(row.requestId, list)
    for (const fact of records.slice(1)) {
      if (!fact || fact.key === null) continue
      const known = this.#facts.get(fact.key) ?? []
      known.push({ kind: fact.kind, at, value: fact.value })
      this.#facts.set(fact.key, known)
      if (!onceOnly.has(fact.kind)) continue
      const mark = `${fact.kind} ${fact.key}`
      if (seen.has(mark)) this.doubled.push(`${mark} is in the trail twice`)
      seen.add(mark)
    }
  }

  ofRequest(id: string): readonly Row[] {
    return this.#byRequest.get(id) ?? []
  }

  about(key: number | null) {
    return key === null ? [] : (this.#facts.get(key) ?? [])
  }

  /** Requests that the house asks of itself and of which each has one effect. */
  get ownRequests(): Iterable<[string, readonly Row[]]> {
    return [...this.#byRequest].filter(([id]) => /^(timer|message|signal|continue|startTimer):/.test(id))
  }
}

/**
 * Judges a database of which no server is running against all that was asked of it. `now` is what the server's clock
 * showed when the last one stopped; `jumped` says that it did not run evenly, so that times tell no order.
 */
export async function judge(
  history: History,
  dataFolder: string,
  { now, jumped }: { readonly now: number; readonly jumped: boolean },
): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], half: [], unfounded: [] }
  const store = await openLibsqlStore(databaseOf(dataFolder), { lock: false })
  try {
    const trail = await Trail.read(store)
    verdict.doubled.push(...trail.doubled)
    for (const entry of history.entries) judgeEntry(entry, trail, jumped, verdict)
    for (const [id, rows] of trail.ownRequests)
      if (rows.length > 1) verdict.doubled.push(`${id} is ${rows.length} rows of the trail`)
    const { breaks } = await verifyTrail(store)
    for (const one of breaks)
      verdict.half.push(`the chain of stream ${one.stream} breaks at ${one.sequence}: ${one.fault}`)
    verdict.half.push(...(await differing(store)))
    verdict.lost.push(...(await forgotten(store, now)), ...(await missing(store, history, dataFolder)))
    verdict.lost.push(...history.faults)
  } finally {
    await store.close()
  }
  return verdict
}

function judgeEntry(entry: Entry, trail: Trail, jumped: boolean, verdict: Verdict): void {
  const { call, key, proof, outcome } = entry
  const rows = trail.ofRequest(requestIdOf(call.sender, call.method, call.path, key))
  const name = `${call.method} ${call.path} (${key}, ${entry.attempts} attempts)`
  if (rows.length > 1) verdict.doubled.push(`${name} is ${rows.length} rows of the trail`)
  const facts = trail.about(proof.about)
  if (outcome.type === 'acknowledged') {
    const [row] = rows
    if (!row) {
      const { needless } = proof
      if (!needless || !facts.some(({ kind, value }) => kind === needless.kind && needless.holds(value)))
        verdict.lost.push(`${name} was acknowledged, but is not in the trail`)
    } else if (row.kind !== proof.kind || (proof.token !== null && !row.text.includes(proof.token)))
      verdict.half.push(`${name} was acknowledged, but the trail has ${row.kind} without what was sent`)
  }
  if (outcome.type !== 'refused') return
  if (rows.length > 0) verdict.unfounded.push(`${name} was refused with ${outcome.code}, but is in the trail`)
  if (proof.wrong?.includes(outcome.code)) return
  const grounds = facts.filter(({ kind, at }) => proof.grounds.includes(kind) && (jumped || at <= outcome.before))
  if (grounds.length === 0)
    verdict.unfounded.push(
      `${name} was refused with ${outcome.status} ${outcome.code}, but nothing in the trail says why`,
    )
}

/** Tables that are not what the trail says. */
async function differing(store: Store): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-faults-rebuilt-'))
  const rebuilt = await openLibsqlStore(join(folder, 'rebuilt.db'), { lock: false })
  try {
    await rebuild(store, rebuilt)
    return (await differingTables(store, rebuilt)).map((table) => `rebuilding gives other rows of ${table}`)
  } finally {
    await rebuilt.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was left to be done and is not: due timers, entries of the outbox, messages that nobody gave to who waits. */
async function forgotten(store: Store, now: number): Promise<readonly string[]> {
  const { timer, outbox, message, messageCorrelation: reached, subscription } = store.tables
  const late = await store.read.select().from(timer).where(lte(timer.dueAt, now)).limit(20)
  const left = await store.read.select().from(outbox).where(lte(outbox.dueAt, now)).limit(20)
  const unmet = await store.read
    .select({ message: message.key, subscription: subscription.key })
    .from(message)
    .innerJoin(
      subscription,
      and(
        eq(subscription.messageName, message.name),
        eq(subscription.correlationKey, message.correlationKey),
        gt(message.expiresAt, now),
      ),
    )
    .where(
      notExists(
        store.read
          .select({ one: sql`1` })
          .from(reached)
          .where(and(eq(reached.messageKey, message.key), eq(reached.processId, subscription.processId))),
      ),
    )
    .limit(20)
  return [
    ...late.map(({ key, dueAt }) => `timer ${key} was due ${now - dueAt} ms ago and has not fired`),
    ...left.map(({ key, kind }) => `the outbox still has ${kind} of ${key}`),
    ...unmet.map((one) => `message ${one.message} was not given to subscription ${one.subscription}`),
  ]
}

/** Drafts and files that were acknowledged and are not there. */
async function missing(store: Store, history: History, dataFolder: string): Promise<readonly string[]> {
  const { draft, file } = store.tables
  const found: string[] = []
  for (const { personId, about, possible } of history.drafts.values()) {
    const [row] = await store.read
      .select()
      .from(draft)
      .where(and(eq(draft.personId, personId), eq(draft.about, about)))
    if (!possible.includes(String(row?.answers.report))) found.push(`the draft ${possible.join(' or ')} is not there`)
  }
  for (const { id, digest } of history.files) {
    const [row] = await store.read.select().from(file).where(eq(file.id, id))
    const path = join(dataFolder, 'files', digest.slice(0, 2), digest)
    const holds = existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === digest
    if (!row || !holds) found.push(`the file ${id} was acknowledged, but is not there whole`)
  }
  return found
}
