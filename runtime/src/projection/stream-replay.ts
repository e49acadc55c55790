import type { Fact } from '@bihuan/engine'
import type { TrailRecord } from '../audit/chain.ts'
import type { RowChange } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import { type ProjectedCommand, project } from './all.ts'
import { Called } from './called.ts'
import { type CaseContext, FIRST_INSTANCE_STREAM } from './projection.ts'
import { projectSystem, type SystemFact } from './system.ts'

/** Replays the rows of one stream in their order: the changes of tables that they made. */
export class StreamReplay {
  readonly #stream: number
  #context: CaseContext | null = null

  constructor(stream: number) {
    this.#stream = stream
  }

  /** What a row changes. A record that has been erased, and is null, changes nothing. */
  changes(
    row: Omit<Row<'trail'>, 'hash' | 'previousHash'>,
    records: readonly (TrailRecord | null)[],
  ): readonly RowChange[] {
    const facts = records.slice(1).filter((record): record is TrailRecord => record !== null)
    const { at, sequence, kind } = row
    const actor = { type: row.actorType, id: row.actorId }
    if (this.#stream < FIRST_INSTANCE_STREAM) return projectSystem(facts as SystemFact[], { at, actor })
    this.#context = contextOf(facts as unknown as Fact[], this.#context)
    if (this.#context === null) return []
    const command = { kind, key: records[0]?.key ?? undefined, value: records[0]?.value } as ProjectedCommand
    return project(command, facts as unknown as Fact[], {
      stream: this.#stream,
      sequence,
      at,
      actor,
      command: command.kind,
      case: this.#context,
    })
  }
}

/** The case as it is after a row's facts, which its rows are projected with: the first begins it, one may migrate it. */
function contextOf(facts: readonly Fact[], before: CaseContext | null): CaseContext | null {
  const [first] = facts
  if (before !== null) {
    if (first?.kind !== 'processInstance.migrated') return before
    const { definitionKey, processId, startEventId = before.startEventId } = first.value
    return { ...before, definitionKey, processId, startEventId }
  }
  if (first?.kind !== 'processInstance.created') return null
  const { definitionKey, processId, units, startEventId = null } = first.value
  return { instanceKey: first.key, definitionKey, processId, units, startEventId, called: new Called() }
}
