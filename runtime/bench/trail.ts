import { buildRow, emptyHead, type TrailRecord } from '../src/audit/chain.ts'
import { CheckpointFolder } from '../src/audit/checkpoint-file.ts'
import { KeyRing } from '../src/audit/key-ring.ts'
import { Sealer } from '../src/audit/sealer.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { insert } from '../src/db/row-change.ts'
import type { Store, WriteUnit } from '../src/db/store.ts'

const ROWS_A_CASE = 10
const FIRST_STREAM = 1024
const GROUP = 500

/** A row as a case writes it: a command and the facts of a completed task. */
function factsOf(i: number): TrailRecord[] {
  const key = (FIRST_STREAM + i) * 2 ** 20
  return [
    {
      kind: 'userTask.completed',
      key,
      version: 1,
      value: { variables: { report: `四邻都说房梁已塌 ${i}`, present: 34 } },
    },
    { kind: 'variable.set', key, version: 1, value: { name: 'report', value: `四邻都说房梁已塌 ${i}`, scope: key } },
    { kind: 'element.completed', key, version: 1, value: { elementId: 'Activity_write', loopCounter: null } },
    { kind: 'sequenceFlow.taken', key, version: 1, value: { flowId: 'Flow_judge' } },
    { kind: 'userTask.created', key, version: 1, value: { elementId: 'Activity_judge', name: '审核', candidates: [] } },
  ]
}

/** Writes a trail of so many rows to a new database, ten rows a case, and seals it. */
export async function makeTrail(path: string, folder: string, rows: number): Promise<void> {
  const store = await openLibsqlStore(path, { lock: true })
  try {
    for (let from = 0; from < rows; from += GROUP * ROWS_A_CASE) {
      const cases = Math.min(GROUP, Math.ceil((rows - from) / ROWS_A_CASE))
      await store.write(Array.from({ length: cases }, (_, i) => caseUnit(FIRST_STREAM + from / ROWS_A_CASE + i)))
    }
    await sealTrail(store, folder)
  } finally {
    await store.close()
  }
}

function caseUnit(stream: number): WriteUnit {
  let head = emptyHead
  const changes = []
  for (let i = 0; i < ROWS_A_CASE; i += 1) {
    const actor = { type: 'person', id: 'clerk' } as const
    const value = { report: `四邻都说房梁已塌 ${i}`, present: 34 }
    const command = {
      kind: 'userTask.complete',
      key: stream,
      version: 1,
      value,
      at: i,
      actor,
      requestId: `r ${stream} ${i}`,
    }
    const row = buildRow(stream, head, command, factsOf(i))
    head = row.head
    changes.push(insert('trail', row.trail), insert('payload', row.payload))
  }
  return { lock: insert('stream', { stream, ...head, counter: 0 }), changes, owner: null }
}

/** Seals all rows of a database that nobody else has open. */
export async function sealTrail(store: Store, folder: string): Promise<void> {
  const sealer = new Sealer({
    store,
    clock: { now: () => 0 },
    algorithm: 'sha256',
    keys: new KeyRing(store, `${folder}/keys`),
    write: async (unit) => (await store.write([unit]))[0]!,
    record: async (_kind, _value, changes) => {
      await store.write([{ lock: null, changes, owner: null }])
    },
    folders: [new CheckpointFolder(store, folder)],
    report: (_what, error) => {
      throw error
    },
  })
  await sealer.seal()
}
