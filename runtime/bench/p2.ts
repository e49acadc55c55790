import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import type { Actor } from '@bihuan/engine'
import { flow, line, model, node } from '@bihuan/engine/testing'
import { sql } from 'drizzle-orm'
import LibSql from 'libsql'
import { type Figure, figureLine } from '../../scripts/figure.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
import { primaryKeyOf } from '../src/db/primary-keys.ts'
import { tablesOf } from '../src/db/schema/index.ts'
import { type Bound, Statements } from '../src/db/statement.ts'
import type { Store, WriteUnit } from '../src/db/store.ts'
import { controllableClock } from '../src/host/clock.ts'
import type { Host } from '../src/host/host.ts'
import { hostOver } from '../src/host/open.ts'
import { tasksOf } from './bench-host.ts'

const WARM_UP = 6
const ROUNDS = 9
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

/** Prepared statements of the driver itself, with the settings the store has, and nothing around them. */
class RawDatabase {
  readonly #database: LibSql.Database
  readonly #prepared = new Map<string, LibSql.Statement>()

  constructor(path: string) {
    this.#database = new LibSql(path)
    for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY', 'cache_size = -32768'])
      this.#database.prepare(`PRAGMA ${setting}`).all()
  }

  /** Writes a group in one transaction, change by change; gives the milliseconds. */
  write(group: readonly Bound[]): number {
    const begin = performance.now()
    this.#run('BEGIN IMMEDIATE', [])
    for (const { sql, parameters } of group) this.#run(sql, parameters)
    this.#run('COMMIT', [])
    return performance.now() - begin
  }

  #run(sql: string, parameters: unknown[]): void {
    let statement = this.#prepared.get(sql)
    if (!statement) {
      statement = this.#database.prepare(sql)
      this.#prepared.set(sql, statement)
    }
    statement.run(parameters)
  }

  count(table: string): number {
    return (this.#database.prepare(`SELECT count(*) AS n FROM "${table}"`).get() as { n: number }).n
  }

  close(): void {
    this.#database.close()
  }
}

/** Passes units on to a store, and writes the same changes to a raw database after every 50 of them. */
class Follower {
  readonly store: Store
  readonly #raw: RawDatabase
  readonly #statements = new Statements('libsql', tablesOf('libsql'), primaryKeyOf)
  #waiting: WriteUnit[] = []
  /** Milliseconds the raw side took, and those it and its preparation were in the host's way. */
  rawTime = 0
  pause = 0

  constructor(inner: Store, raw: RawDatabase) {
    this.#raw = raw
    this.store = {
      dialect: inner.dialect,
      tables: inner.tables,
      read: inner.read,
      scan: inner.scan,
      single: inner.single,
      write: async (group) => {
        const results = await inner.write(group)
        this.#waiting.push(...group)
        while (this.#waiting.length >= GROUP) this.#write(this.#waiting.splice(0, GROUP))
        return results
      },
      close: () => inner.close(),
    }
  }

  #write(units: readonly WriteUnit[]): void {
    const begin = performance.now()
    const group = units.flatMap(({ lock, changes }) =>
      [...(lock ? [lock] : []), ...changes].map((change) => this.#statements.bind(change)),
    )
    this.rawTime += this.#raw.write(group)
    this.pause += performance.now() - begin
  }

  /** Writes what is left of the last group and begins to count anew. */
  reset(): void {
    if (this.#waiting.length > 0) this.#write(this.#waiting.splice(0))
    this.rawTime = 0
    this.pause = 0
  }
}

/** Host's time and raw time of one round, in ms. */
async function round(host: Host, follower: Follower, name: string): Promise<{ host: number; raw: number }> {
  follower.reset()
  const begin = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(host, `${name}:${i}`)))
  return { host: performance.now() - begin - follower.pause, raw: follower.rawTime }
}

/**
 * P2: durable commands a second through the host (judging, records, projections, chain, a snapshot for each case; 64
 * clients) against the same changes by prepared statements, one each, in groups of 50 commands. Both with
 * `synchronous=FULL` and taking turns group by group; the figure is the median of the rounds.
 */
export async function p2(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-p2-'))
  const rawPath = join(folder, 'raw.db')
  await (await openLibsqlStore(rawPath, { lock: false })).close()
  const raw = new RawDatabase(rawPath)
  const follower = new Follower(await openLibsqlStore(join(folder, 'host.db'), { lock: true }), raw)
  const { store } = follower
  const host = await hostOver(async () => store, {
    clock: controllableClock(Date.parse('2026-03-02T09:00:00+08:00')),
    liveLimit: 500,
    rowsPerSnapshot: 5,
    poll: false,
  })
  try {
    await host.deploy([{ name: 'p2.bpmn', content: Buffer.from(drawing) }], person, 'deploy')
    for (let i = 0; i < WARM_UP; i += 1) await round(host, follower, `warm${i}`)
    const ratios: number[] = []
    for (let i = 0; i < ROUNDS; i += 1) {
      const time = await round(host, follower, String(i))
      ratios.push(time.raw / time.host)
    }
    follower.reset()
    for (const table of ['trail', 'payload', 'stream', 'snapshot', 'element_instance', 'user_task', 'variable']) {
      const { n } = (await store.read.all(sql.raw(`SELECT count(*) AS n FROM "${table}"`)))[0] as { n: number }
      if (n !== raw.count(table))
        throw new Error(`Expected ${n} rows of ${table}, but the raw side has ${raw.count(table)}`)
    }
    return { name: 'P2', value: ratios.sort((a, b) => a - b)[ROUNDS >> 1]!, goal: '>=0.6' }
  } finally {
    await host.close()
    raw.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(figureLine(await p2()))
