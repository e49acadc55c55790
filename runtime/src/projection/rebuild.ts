import { asc, isNotNull } from 'drizzle-orm'
import { readHeads, readRecords } from '../audit/chain.ts'
import { packOf, readStream } from '../audit/stream-rows.ts'
import { upsert } from '../db/row-change.ts'
import type { TableName } from '../db/schema/index.ts'
import type { Store, WriteUnit } from '../db/store.ts'
import { readCaseNumber } from './case-counter.ts'
import { isDetail } from './detail.ts'
import { Redactions } from './redaction.ts'
import { StreamReplay } from './stream-replay.ts'

/**
 * Tables that follow from the trail alone. Not among them: what is a loan or a cache (`snapshot`, `lease`, `worker`,
 * `lentUntil` and `retryAt` of a job), the outbox, buffered messages and signals under way (which time and the host's work remove), and what people keep
 * outside cases (drafts of answers and of packages, files, accounts, organisation).
 */
export const rebuiltTables = [
  'deployment',
  'processDefinition',
  'decision',
  'form',
  'parameterSet',
  'package',
  'startSubscription',
  'startTimer',
  'messageStart',
  'packageVersion',
  'processInstance',
  'caseCounter',
  'elementInstance',
  'flowTaken',
  'variable',
  'caseFile',
  'userTask',
  'taskCandidate',
  'participant',
  'timer',
  'job',
  'incident',
  'subscription',
  'actionCandidate',
  'messageSubscription',
  'correlatedMessage',
  'signalSubscription',
  'notice',
  'archivedCase',
  'archivedReader',
] as const satisfies readonly TableName[]

/** Tables that a later version than the first has begun: in a database of before, rows are missing until it is rebuilt. */
export const begunLater: ReadonlySet<TableName> = new Set([
  'messageSubscription',
  'correlatedMessage',
  'actionCandidate',
])

/** Rows of the trail whose changes are written in one transaction. */
const GROUP = 200

type RebuiltTable = (typeof rebuiltTables)[number]
type Readable = Pick<Store, 'read' | 'tables'>

export interface Rebuilt {
  readonly rows: number
  /** Rows of the trail of which a record has been erased: what is left of it is rebuilt. */
  readonly erased: number
}

/**
 * Folds the trail of `from` into the empty tables of `into`: the same rows as the projections wrote as things happened,
 * those of details left out where a case is at rest.
 * Reads stream by stream; writes one trail row at a time.
 */
export async function rebuild(from: Pick<Store, 'read' | 'tables'>, into: Store): Promise<Rebuilt> {
  const { stream: streams } = from.tables
  const all = await from.read.select({ stream: streams.stream }).from(streams).orderBy(asc(streams.stream))
  const redactions = await Redactions.read(from)
  let count = 0
  let erased = 0
  let units: WriteUnit[] = []
  const write = async () => {
    for (const result of await into.write(units)) if (result.outcome === 'failed') throw result.error
    units = []
  }
  for (const { stream } of all) {
    const isResting = (await packOf(from, stream)) !== null
    const replay = new StreamReplay(stream)
    for (const { row, records } of await readStream(from, stream)) {
      const kept = readRecords(row.heads, records)
      if (kept.includes(null)) erased += 1
      const changes = replay.changes(row, redactions.fill(row, readHeads(row.heads) ?? [], kept))
      const wanted = changes.filter(
        ({ table }) => (rebuiltTables as readonly TableName[]).includes(table) && !(isResting && isDetail(table)),
      )
      units.push({ lock: null, changes: wanted, owner: null })
      if (units.length === GROUP) await write()
      count += 1
    }
  }
  await write()
  units = await archivedCounters(into)
  await write()
  return { rows: count, erased }
}

/** The numbers of archived cases are given out, too: counters that stand below them, since only rows there are were folded. */
async function archivedCounters({ read, tables: { archivedCase, caseCounter } }: Store): Promise<WriteUnit[]> {
  const counters = new Map<string, { prefix: string; year: number; last: number }>()
  for (const row of await read.select().from(caseCounter)) counters.set(`${row.prefix}-${row.year}`, row)
  const raised = new Set<{ prefix: string; year: number; last: number }>()
  for (const { number } of await read
    .select({ number: archivedCase.number })
    .from(archivedCase)
    .where(isNotNull(archivedCase.number))) {
    const said = readCaseNumber(number!)
    if (!said) continue
    const name = `${said.prefix}-${said.year}`
    const counter = counters.get(name) ?? { prefix: said.prefix, year: said.year, last: 0 }
    counters.set(name, counter)
    if (counter.last >= said.count) continue
    counter.last = said.count
    raised.add(counter)
  }
  return [...raised].map((counter) => ({ lock: null, changes: [upsert('caseCounter', counter)], owner: null }))
}

/** Tables whose rows differ between two stores; loans are left out of the comparison. */
export async function differingTables(a: Readable, b: Readable): Promise<readonly RebuiltTable[]> {
  const differing: RebuiltTable[] = []
  for (const table of rebuiltTables) if ((await content(a, table)) !== (await content(b, table))) differing.push(table)
  return differing
}

async function content(store: Readable, table: RebuiltTable): Promise<string> {
  const rows: object[] = await store.read.select().from(store.tables[table])
  return rows
    .map((row) => JSON.stringify('lentUntil' in row ? { ...row, worker: null, lentUntil: null, retryAt: null } : row))
    .sort()
    .join('\n')
}
