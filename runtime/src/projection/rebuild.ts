import type { Fact } from '@bihuan/engine'
import { asc, eq } from 'drizzle-orm'
import { readRecords, type TrailRecord } from '../audit/chain.ts'
import type { RowChange } from '../db/row-change.ts'
import type { TableName } from '../db/schema/index.ts'
import type { Store, WriteUnit } from '../db/store.ts'
import { type ProjectedCommand, project } from './all.ts'
import { Called } from './called.ts'
import { type CaseContext, FIRST_INSTANCE_STREAM } from './projection.ts'
import { projectSystem, type SystemFact } from './system.ts'

/**
 * Tables that follow from the trail alone. Not among them: what is a loan or a cache (`snapshot`, `lease`, `worker` and
 * `lentUntil` of a job), the outbox, buffered messages and signals under way (which time and the host's work remove), and what people keep
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
  'signalSubscription',
  'notice',
] as const satisfies readonly TableName[]
/** Rows of the trail whose changes are written in one transaction. */
const GROUP = 200

type RebuiltTable = (typeof rebuiltTables)[number]

export interface Rebuilt {
  readonly rows: number
  /** Rows of the trail of which a record has been erased: what it said is not rebuilt. */
  readonly erased: number
}

/**
 * Folds the trail of `from` into the empty tables of `into`: the same rows as the projections wrote as things happened.
 * Reads stream by stream; writes one trail row at a time.
 */
export async function rebuild(from: Pick<Store, 'read' | 'tables'>, into: Store): Promise<Rebuilt> {
  const { trail, payload, stream: streams } = from.tables
  const all = await from.read.select({ stream: streams.stream }).from(streams).orderBy(asc(streams.stream))
  let count = 0
  let erased = 0
  let units: WriteUnit[] = []
  const write = async () => {
    for (const result of await into.write(units)) if (result.outcome === 'failed') throw result.error
    units = []
  }
  for (const { stream } of all) {
    const texts = await from.read.select().from(payload).where(eq(payload.stream, stream))
    const bySequence = new Map(texts.map((row) => [row.sequence, row.records]))
    let context: CaseContext | null = null
    for (const row of await from.read
      .select()
      .from(trail)
      .where(eq(trail.stream, stream))
      .orderBy(asc(trail.sequence))) {
      const records = readRecords(row.heads, bySequence.get(row.sequence) ?? '')
      if (records.includes(null)) erased += 1
      const facts = records.slice(1).filter((record): record is TrailRecord => record !== null)
      const { at, sequence, kind } = row
      const actor = { type: row.actorType, id: row.actorId }
      let changes: readonly RowChange[]
      if (stream < FIRST_INSTANCE_STREAM) changes = projectSystem(facts as SystemFact[], { at, actor })
      else {
        context ??= contextOf(facts as unknown as Fact[])
        const command = { kind, key: records[0]?.key ?? undefined, value: records[0]?.value } as ProjectedCommand
        changes =
          context === null
            ? []
            : project(command, facts as unknown as Fact[], {
                stream,
                sequence,
                at,
                actor,
                command: command.kind,
                case: context,
              })
      }
      const wanted = changes.filter(({ table }) => (rebuiltTables as readonly TableName[]).includes(table))
      units.push({ lock: null, changes: wanted, owner: null })
      if (units.length === GROUP) await write()
      count += 1
    }
  }
  await write()
  return { rows: count, erased }
}

function contextOf(facts: readonly Fact[]): CaseContext | null {
  const created = facts[0]
  if (created?.kind !== 'processInstance.created') return null
  const { definitionKey, processId, units, startEventId = null } = created.value
  return { instanceKey: created.key, definitionKey, processId, units, startEventId, called: new Called() }
}

/** Tables whose rows differ between two stores; loans are left out of the comparison. */
export async function differingTables(a: Store, b: Store): Promise<readonly RebuiltTable[]> {
  const differing: RebuiltTable[] = []
  for (const table of rebuiltTables) if ((await content(a, table)) !== (await content(b, table))) differing.push(table)
  return differing
}

async function content(store: Store, table: RebuiltTable): Promise<string> {
  const rows: object[] = await store.read.select().from(store.tables[table])
  return rows
    .map((row) => JSON.stringify('lentUntil' in row ? { ...row, worker: null, lentUntil: null } : row))
    .sort()
    .join('\n')
}
