import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import type { Actor, Fact } from '@bihuan/engine'
import { flow, line, model, node } from '@bihuan/engine/testing'
import { SafeConnection } from '../src/db/libsql-connection.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { primaryKeyOf } from '../src/db/primary-keys.ts'
import { tablesOf } from '../src/db/schema/index.ts'
import { type Bound, Statements } from '../src/db/statement.ts'
import type { Store, WriteUnit } from '../src/db/store.ts'
import { controllableClock } from '../src/host/clock.ts'
import { createHost } from '../src/host/durable-host.ts'
import type { Host } from '../src/host/host.ts'

/** One figure of `npm run bench`; `value` is compared with `goal`. */
interface Figure {
  readonly name: string
  readonly value: number
  readonly goal: `>=${number}` | `<=${number}`
}

const ROUNDS = 6
const CLIENTS = 64
const CASES_A_CLIENT = 4
const GROUP = 50

const clerks = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="village_clerk"/>'
const drawing = model(
  node('startEvent', 'start') +
    node('userTask', 'a', clerks) +
    node('exclusiveGateway', 'choice', '', '', 'default="choice_end"') +
    node('parallelGateway', 'fork') +
    node('userTask', 'b', clerks) +
    node('userTask', 'c', clerks) +
    node('parallelGateway', 'join') +
    node('userTask', 'd', clerks) +
    node('endEvent', 'end') +
    line('start', 'a', 'choice') +
    flow('choice', 'fork', '3 * present >= 2 * expected') +
    flow('choice', 'end') +
    line('fork', 'b', 'join') +
    line('fork', 'c', 'join') +
    line('join', 'd', 'end'),
)

const person: Actor = { type: 'person', id: 'clerk' }
const units = [
  { id: 'v1', name: 'Village', level: 'village' },
  { id: 't1', name: 'Town', level: 'township' },
]

/** One client: its cases one after the other, each command after the answer to the one before. */
async function client(host: Host, id: string): Promise<void> {
  for (let i = 0; i < CASES_A_CLIENT; i += 1) {
    const variables = { present: 34, expected: 50, subject: 'a village matter' }
    const started = await host.start({ processId: 'process', units, variables, actor: person, requestId: `${id}:${i}` })
    const open = tasksOf(started.facts)
    for (let task = open.shift(); task !== undefined; task = open.shift()) {
      const value = { variables: { yes: 30, no: 4 }, formKey: null }
      const answer = await host.submit({
        kind: 'userTask.complete',
        key: task,
        actor: person,
        requestId: `${id}:${task}`,
        value,
      })
      open.push(...tasksOf(answer.facts))
    }
  }
}

const tasksOf = (facts: readonly Fact[]) =>
  facts.filter(({ kind }) => kind === 'userTask.created').map(({ key }) => key)

/** The same rows by prepared statements alone, in groups of 50 commands; parameters are ready beforehand. */
function writeRaw(connection: SafeConnection, commands: readonly (readonly Bound[])[]): void {
  for (let from = 0; from < commands.length; from += GROUP) {
    connection.cached('BEGIN IMMEDIATE').run()
    for (const statements of commands.slice(from, from + GROUP))
      for (const { sql, parameters } of statements) connection.cached(sql).runWith(parameters)
    connection.cached('COMMIT').run()
  }
}

/**
 * P2: durable commands a second through the host (judging, records, projections, chain, snapshots; 64 clients) against
 * the same rows by prepared statements in groups of 50, both with `synchronous=FULL`, taking turns in one run.
 */
export async function p2(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-p2-'))
  const rawPath = join(folder, 'raw.db')
  await (await openLibsqlStore(rawPath, { lock: false })).close()
  const raw = new SafeConnection(rawPath)
  const inner = await openLibsqlStore(join(folder, 'host.db'), { lock: true })
  let written: WriteUnit[] = []
  const store: Store = {
    dialect: inner.dialect,
    tables: inner.tables,
    read: inner.read,
    single: inner.single,
    write(group) {
      written.push(...group)
      return inner.write(group)
    },
    close: () => inner.close(),
  }
  const clock = controllableClock(Date.parse('2026-03-02T09:00:00+08:00'))
  const host = await createHost({
    store,
    clock,
    liveLimit: 500,
    rowsPerSnapshot: 100,
    poll: false,
    point: () => {},
    report: () => {},
  })
  const statements = new Statements('libsql', tablesOf('libsql'), primaryKeyOf)
  try {
    await host.deploy([{ name: 'p2.bpmn', content: Buffer.from(drawing) }], person, 'deploy')
    let hostTime = 0
    let rawTime = 0
    for (let round = 0; round <= ROUNDS; round += 1) {
      written = []
      const begin = performance.now()
      await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(host, `${round}:${i}`)))
      const middle = performance.now()
      const bound = written.map(({ lock, changes }) =>
        [...(lock ? [lock] : []), ...changes].map((change) => statements.bind(change)),
      )
      const start = performance.now()
      writeRaw(raw, bound)
      const end = performance.now()
      // The first round warms both up.
      if (round === 0) continue
      console.error('round', round, 'units', written.length, 'stmts', bound.flat().length, 'host', (middle-begin).toFixed(0), 'raw', (end-start).toFixed(0)); if (round===ROUNDS) { const m = new Map<string,number>(); for (const b of bound.flat()) m.set(b.sql.slice(0,70),(m.get(b.sql.slice(0,70))??0)+1); console.error([...m].sort((a,b)=>b[1]-a[1]).map(([k,v])=>(v/written.length).toFixed(2)+' '+k).join('\n')) }
      hostTime += middle - begin
      rawTime += end - start
    }
    return { name: 'P2', value: rawTime / hostTime, goal: '>=0.6' }
  } finally {
    await host.close()
    raw.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { name, value, goal } = await p2()
  console.log(`${name} ${value.toFixed(2)} goal${goal} ${value >= Number(goal.slice(2)) ? 'ok' : 'missed'}`)
}
