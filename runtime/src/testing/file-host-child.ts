/**
 * The process of a file host: holds a real host on a file database, does what its parent asks over IPC, and ends itself
 * by SIGKILL where it is told to. Started by `file-host.ts` only.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Fact, parseCandidates, Rejection } from '@bihuan/engine'
import { asc, eq, lte } from 'drizzle-orm'
import { readRecords } from '../audit/chain.ts'
import { readStream } from '../audit/stream-rows.ts'
import { verifyTrail } from '../audit/verify.ts'
import { openLibsqlStore } from '../db/libsql-store.ts'
import { insert, type RowChange, upsert } from '../db/row-change.ts'
import type { Row } from '../db/schema/index.ts'
import type { ControllableClock } from '../host/clock.ts'
import { controllableClock } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { openHost } from '../host/open.ts'
import { differingTables, rebuild } from '../projection/rebuild.ts'
import type { Ask, Reply, Setup } from './file-host-protocol.ts'

const seed = { type: 'system', id: 'seed' } as const

class Child {
  readonly #host: Host
  readonly #clock: ControllableClock

  constructor(host: Host, clock: ControllableClock) {
    this.#host = host
    this.#clock = clock
  }

  async do(ask: Ask): Promise<Reply> {
    switch (ask.op) {
      case 'deploy': {
        const resources = ask.resources.map(({ name, content }) => ({ name, content: Buffer.from(content, 'base64') }))
        await this.#host.deploy(resources, seed, ask.requestId)
        return { ok: true }
      }
      case 'start':
        return this.#start(ask)
      case 'submit': {
        const { requestId, kind, key, value, actor } = ask
        const { stream, sequence } = await this.#host.submit({ requestId, kind, key, value, actor })
        await this.#host.settle()
        return { ok: true, answer: { stream, sequence } }
      }
      case 'advance':
        await this.#advance(ask.to)
        return { ok: true }
      case 'facts':
        return { ok: true, rows: await this.#rows(ask.stream) }
      case 'verify': {
        const { breaks } = await verifyTrail(this.#host.store)
        return { ok: true, broken: breaks.length > 0 ? JSON.stringify(breaks) : await this.#differing() }
      }
      case 'close':
        await this.#host.close()
        return { ok: true }
    }
  }

  async #start({ start, requestId }: Extract<Ask, { op: 'start' }>): Promise<Reply> {
    const { processId, startEventId, units, variables, actor, parameters } = start
    await this.#putPeople(start)
    const { processDefinition } = this.#host.store.tables
    const [definition] = await this.#host.store.read
      .select({ packageId: processDefinition.packageId })
      .from(processDefinition)
      .where(eq(processDefinition.processId, processId))
    const given = {
      packageId: definition?.packageId ?? processId,
      unitId: '*',
      effectiveFrom: start.at,
      values: parameters,
    }
    await this.#host.setParameters(given, seed, `${requestId}:parameters`)
    const begins = startEventId === undefined ? {} : { startEventId }
    const { stream, sequence } = await this.#host.start({ processId, ...begins, units, variables, actor, requestId })
    await this.#host.settle()
    return { ok: true, answer: { stream, sequence } }
  }

  /** People of the scenario become people of the organisation, in the unit of the case and in those above it. */
  async #putPeople({ people, units }: Extract<Ask, { op: 'start' }>['start']): Promise<void> {
    const { person } = this.#host.store.tables
    const here = new Set((await this.#host.store.read.select({ id: person.id }).from(person)).map(({ id }) => id))
    const changes: RowChange[] = []
    for (const [held, holders] of Object.entries(people)) {
      const [named] = parseCandidates(held)
      const unit = units.find(({ level }, at) => (named?.level ? level === named.level : at === 0))
      const role = named?.role ?? held
      const unitId = unit?.id ?? ''
      for (const { id, name } of holders) {
        if (!here.has(id)) changes.push(insert('person', personRow(id, name, new Date(this.#clock.now()))))
        here.add(id)
        changes.push(upsert('position', { personId: id, role, unitId, since: this.#clock.now() }))
      }
    }
    if (changes.length > 0) await this.#host.record('organisation', 'people.put', seed, {}, changes)
  }

  /** Moves the clock from due timer to due timer, so that each fires at its own time. */
  async #advance(to: number): Promise<void> {
    const { timer } = this.#host.store.tables
    for (;;) {
      const [next] = await this.#host.store.read
        .select()
        .from(timer)
        .where(lte(timer.dueAt, to))
        .orderBy(asc(timer.dueAt))
        .limit(1)
      if (!next) break
      this.#clock.pin(Math.max(this.#clock.now(), next.dueAt))
      await this.#host.settle()
    }
    this.#clock.pin(to)
    await this.#host.settle()
  }

  /** What is not as the trail says: tables rebuilt from it must hold the same rows. */
  async #differing(): Promise<string | null> {
    const folder = mkdtempSync(join(tmpdir(), 'bihuan-rebuilt-'))
    const rebuilt = await openLibsqlStore(join(folder, 'rebuilt.db'), { lock: false })
    try {
      await rebuild(this.#host.store, rebuilt)
      const tables = await differingTables(this.#host.store, rebuilt)
      return tables.length > 0 ? `rebuilding gives other rows of ${tables.join(', ')}` : null
    } finally {
      await rebuilt.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }

  async #rows(stream: number) {
    const lines = await readStream(this.#host.store, stream)
    return lines.map(({ row, records }) => ({
      sequence: row.sequence,
      facts: readRecords(row.heads, records).slice(1) as unknown as readonly Fact[],
    }))
  }
}

function personRow(id: string, name: string, at: Date): Row<'person'> {
  return {
    id,
    name,
    username: id,
    email: `${id}@invalid`,
    emailVerified: false,
    image: null,
    createdAt: at,
    updatedAt: at,
  }
}

async function main(): Promise<void> {
  const setup = JSON.parse(process.argv[2] ?? '') as Setup
  const clock = controllableClock(setup.now)
  let left = setup.kill?.time ?? 0
  const host = await openHost({
    databaseUrl: setup.databaseUrl,
    clock,
    poll: false,
    rowsPerSnapshot: setup.rowsPerSnapshot,
    point(name) {
      if (name !== setup.kill?.point) return
      left -= 1
      if (left === 0) process.kill(process.pid, 'SIGKILL')
    },
  })
  const child = new Child(host, clock)
  process.on('message', (ask: Ask) => {
    child.do(ask).then(
      (reply) => {
        process.send?.(reply)
        if (ask.op === 'close') process.disconnect()
      },
      (error: unknown) => {
        if (!(error instanceof Rejection))
          return process.send?.({ ok: false, fault: error instanceof Error ? (error.stack ?? '') : String(error) })
        const { code, facts, fields, problems } = error
        return process.send?.({ ok: false, rejection: { code, facts, fields, problems } })
      },
    )
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ ok: true })
}

await main()
